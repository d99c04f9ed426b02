package dev.transcode.worker.chaos;

import dev.transcode.Transcoder;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueUpkeep;
import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.storage.LocalStorage;
import dev.transcode.worker.Worker;
import dev.transcode.worker.WorkerConfig;
import dev.transcode.worker.stub.StubFilm;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A worker as a process of its own: all of it is real but the film. */
final class ChaosWorker {
    private static final Duration STOP = Duration.ofSeconds(25);

    private ChaosWorker() {}

    /** Arguments: address of Redis, folder of the run, seed, probability of faults of its own, sabotage. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String redis = args[0];
        Site site = new Site(Path.of(args[1]));
        Random random = new Random(Long.parseLong(args[2]));
        Sabotage sabotage = Sabotage.valueOf(args[4]);
        WorkerConfig config = WorkerConfig.of(System.getenv());
        SelfFaults faults = new SelfFaults(site.journal(), random, Double.parseDouble(args[3]), config.lease());
        ChaosStorage storage = new ChaosStorage(
                LocalStorage.of(site.buckets()), site.journal(), faults, site.locks(), sabotage != Sabotage.GATE);
        StubFilm film = StubFilm.in(site.recordings());
        Transcoder transcoder =
                film.transcoder(storage, config.workDirectory(), new ChaosEncoder(film.encoder(), faults, random));
        try (QueueBackend queue = queue(redis, config.lease(), sabotage)) {
            Worker worker = Worker.builder()
                    .backend(queue)
                    .storage(storage)
                    .config(config)
                    .transcoder(transcoder)
                    .build();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker)));
            worker.start();
            while (!worker.await(Duration.ofHours(1))) {
                // Until it is told to stop.
            }
        }
    }

    private static void stop(Worker worker) {
        worker.stop();
        try {
            worker.await(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static QueueBackend queue(String uri, Duration lease, Sabotage sabotage) {
        RedisBackend real = RedisBackend.builder().uri(uri).lease(lease).build();
        if (sabotage == Sabotage.NONE) {
            return real;
        }
        RedisClient client = RedisClient.create(uri);
        return new QueueBackend() {
            @Override
            public JobQueue worker(String worker, List<String> queues) {
                return sabotage.apply(
                        real.worker(worker, queues), client.connect().sync());
            }

            @Override
            public QueueUpkeep upkeep(List<String> queues) {
                return real.upkeep(queues);
            }

            @Override
            public JobStore store() {
                return real.store();
            }

            @Override
            public Outbox outbox() {
                return real.outbox();
            }

            @Override
            public JobEvents events() {
                return real.events();
            }

            @Override
            public void close() {
                real.close();
                client.shutdown();
            }
        };
    }
}
