package dev.transcode.cli;

import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueUpkeep;
import dev.transcode.queue.Taken;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue in memory, which outlives the commands, and folders as buckets. */
final class TestConnections implements Connections {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    final InMemoryBackend queue = InMemoryBackend.builder()
            .clock(Clock.fixed(START, ZoneOffset.UTC))
            .maxWaiting(5)
            .endWebhook(new JobEndWebhook(Optional.empty()))
            .build();

    private final Map<String, String> env;
    private final Map<String, Path> buckets;

    TestConnections(Map<String, String> env) {
        this(env, Map.of());
    }

    TestConnections(Map<String, String> env, Map<String, Path> buckets) {
        this.env = env;
        this.buckets = buckets;
    }

    /** Runs a command on them. */
    CommandRun run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(this, new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** A worker takes the next job. */
    Lease claim() {
        JobQueue worker = queue.worker("worker-1", List.of("transcode_jobs"));
        Taken taken = worker.take(Duration.ZERO).orElseThrow();
        JobId id = JobJson.readId(taken.payload().text()).orElseThrow();
        return ((Claim.Owned) worker.claim(taken, id)).lease();
    }

    /** Its worker says how far it is. */
    void beat(Lease lease, Map<String, String> progress) {
        queue.worker("worker-1", List.of("transcode_jobs")).heartbeat(List.of(new Beat(lease, progress)));
    }

    /** Its worker ends it. */
    void finish(Lease lease, Outcome outcome) {
        queue.worker("worker-1", List.of("transcode_jobs")).finish(lease, outcome);
    }

    @Override
    public Settings settings() {
        return Settings.of(env);
    }

    @Override
    public QueueBackend openQueue() {
        return new Unclosed(queue);
    }

    @Override
    public Storage storage() {
        return LocalStorage.of(buckets);
    }

    private record Unclosed(QueueBackend inner) implements QueueBackend {
        @Override
        public JobQueue worker(String worker, List<String> queues) {
            return inner.worker(worker, queues);
        }

        @Override
        public QueueUpkeep upkeep(List<String> queues) {
            return inner.upkeep(queues);
        }

        @Override
        public JobStore store() {
            return inner.store();
        }

        @Override
        public Outbox outbox() {
            return inner.outbox();
        }

        @Override
        public JobEvents events() {
            return inner.events();
        }

        @Override
        public void close() {}
    }
}
