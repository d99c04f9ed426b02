package dev.transcode.worker.chaos;

import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.queue.redis.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ZAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A run: jobs are pushed while workers are killed, held and stopped and Redis is killed; when all have ended, the
 * {@link HistoryChecker} looks at what happened. Started by {@code docs/bench/chaos}.
 *
 * <p>Redis runs with {@code appendfsync always}. Even kill -9 of the process alone may lose what it acknowledged with
 * {@code everysec}: while an fsync is under way it puts off the write itself, up to two seconds.
 */
final class ChaosRun {
    private static final String QUEUE = "transcode_jobs";
    private static final int WORKERS = 4;
    private static final int WINDOW = 80;

    /** Without any event for so long, nothing will come any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Options options;
    private final Site site;
    private final Random random;
    private final TestRedis server;
    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final RedisBackend backend;
    private final EventTail tail;
    private final Producer producer;
    private final Crew crew;
    private final List<Fault> faults = new ArrayList<>();
    private int dealt;
    private int redisKills;
    private long redisBackAt = Long.MAX_VALUE;

    private enum Fault {
        KILL,
        STOP,
        TERM,
        REDIS
    }

    /** What a run is told. */
    record Options(int jobs, long seed, Duration lease, Sabotage sabotage, Path folder) {
        static Options of(String[] args) {
            int jobs = args.length == 0 ? 2_000 : Integer.parseInt(args[0]);
            Options options = new Options(
                    jobs,
                    System.nanoTime() % 1_000_000,
                    Duration.ofSeconds(2),
                    Sabotage.NONE,
                    Path.of("target", "chaos").toAbsolutePath());
            for (int i = 1; i + 1 < args.length; i += 2) {
                options = options.with(args[i], args[i + 1]);
            }
            return options;
        }

        private Options with(String name, String value) {
            return switch (name) {
                case "--seed" -> new Options(jobs, Long.parseLong(value), lease, sabotage, folder);
                case "--lease" -> new Options(jobs, seed, Duration.ofMillis(Long.parseLong(value)), sabotage, folder);
                case "--sabotage" -> new Options(jobs, seed, lease, Sabotage.valueOf(value), folder);
                case "--folder" ->
                    new Options(jobs, seed, lease, sabotage, Path.of(value).toAbsolutePath());
                default -> throw new IllegalArgumentException("unknown option " + name);
            };
        }
    }

    /** Arguments: number of jobs, then {@code --seed}, {@code --lease} (ms), {@code --sabotage}, {@code --folder}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.of(args);
        System.out.println("chaos: " + options);
        long start = System.nanoTime();
        ChaosRun run;
        HistoryChecker.Verdict verdict;
        try (TestRedis server = TestRedis.open()) {
            run = new ChaosRun(options, server);
            verdict = run.run();
        }
        new TreeMap<>(verdict.counts()).forEach((what, count) -> System.out.println("  " + what + ": " + count));
        run.faults().forEach((what, count) -> System.out.println("  fault " + what + ": " + count));
        verdict.violations().stream().limit(50).forEach(violation -> System.out.println("VIOLATION " + violation));
        System.out.printf(
                "%d jobs, %d violations, %d s, seed %d, %s%n",
                options.jobs(),
                verdict.violations().size(),
                (System.nanoTime() - start) / 1_000_000_000,
                options.seed(),
                run.site.folder());
        System.exit(verdict.violations().isEmpty() ? 0 : 1);
    }

    private Map<String, Integer> faults() {
        Map<String, Integer> all = new TreeMap<>(crew.counts());
        all.putAll(site.journal().faults());
        all.put("kill -9 of Redis", redisKills);
        return all;
    }

    private ChaosRun(Options options, TestRedis server) throws IOException {
        this.options = options;
        this.server = server;
        random = new Random(options.seed());
        Files.createDirectories(options.folder());
        site = new Site(Files.createTempDirectory(options.folder(), "run-"));
        site.make();
        client = RedisClient.create(server.uri());
        redis = client.connect().sync();
        backend =
                RedisBackend.builder().uri(server.uri()).lease(options.lease()).build();
        tail = new EventTail(backend.events());
        producer = new Producer(QUEUE, options.jobs(), redis, backend.store(), random);
        double ownFaults = Math.max(0.004, 4.0 / options.jobs());
        crew = new Crew(
                WORKERS,
                List.of(
                        server.uri(),
                        site.folder().toString(),
                        Double.toString(ownFaults),
                        options.sabotage().name()),
                Map.of(
                        "TRANSCODE_WORK_DIR",
                        site.work().toString(),
                        "TRANSCODE_LEASE",
                        options.lease().toMillis() + "ms",
                        "TRANSCODE_CONCURRENCY",
                        "2",
                        "TRANSCODE_HEALTH_PORT",
                        "off"),
                site,
                random);
        deal();
    }

    /** One fault for every thirty jobs, at random; each kind at least once. */
    private void deal() {
        int redisFaults = Math.min(2, Math.max(1, options.jobs() / 1_000));
        int rest = Math.max(4, options.jobs() / 30 - redisFaults);
        for (int i = 0; i < rest; i++) {
            faults.add(List.of(Fault.KILL, Fault.STOP, Fault.KILL, Fault.TERM).get(i % 4));
        }
        faults.addAll(Collections.nCopies(redisFaults, Fault.REDIS));
        Collections.shuffle(faults, random);
    }

    private HistoryChecker.Verdict run() throws IOException, InterruptedException {
        int seen = 0;
        long seenAt = System.nanoTime();
        long lookAt = 0;
        boolean over = false;
        while (!over && System.nanoTime() - seenAt < PATIENCE.toNanos()) {
            crew.look();
            restartRedis();
            if (redisBackAt == Long.MAX_VALUE) {
                while (!producer.done() && producer.pushed() - tail.ended() < WINDOW) {
                    producer.pushNext();
                }
                hurt();
                if (System.nanoTime() > lookAt && redisBackAt == Long.MAX_VALUE) {
                    hurry();
                    over = producer.done() && dealt == faults.size() && !crew.anyFrozen() && quiet();
                    lookAt = System.nanoTime() + 200_000_000;
                }
            }
            if (tail.size() > seen) {
                seen = tail.size();
                seenAt = System.nanoTime();
            }
            Thread.sleep(10); // The pace of this loop.
        }
        History history = new Aftermath(QUEUE, site, redis, producer, tail, crew).history();
        backend.close();
        client.shutdown();
        return HistoryChecker.check(history);
    }

    private void hurt() throws IOException {
        int due = (int) ((dealt + 1L) * options.jobs() / (faults.size() + 1));
        if (dealt == faults.size() || tail.ended() < due) {
            return;
        }
        switch (faults.get(dealt++)) {
            case KILL -> crew.kill();
            case TERM -> crew.terminate();
            case STOP -> {
                double leases = 1.1 + random.nextDouble();
                crew.freeze(Duration.ofMillis((long) (options.lease().toMillis() * leases)));
            }
            case REDIS -> {
                redisKills++;
                server.kill();
                redisBackAt = System.nanoTime() + 100_000_000 + random.nextInt(900) * 1_000_000L;
            }
        }
    }

    private void restartRedis() {
        if (System.nanoTime() > redisBackAt) {
            server.start();
            redisBackAt = Long.MAX_VALUE;
        }
    }

    /** Delays are what they are for operators: here the clock of those that wait is put forward. */
    private void hurry() {
        for (String id : redis.zrange(QUEUE + ":delayed", 0, -1)) {
            redis.zadd(QUEUE + ":delayed", ZAddArgs.Builder.xx().lt(), 1.0, id);
        }
    }

    private boolean quiet() {
        return tail.ended() >= options.jobs()
                && redis.llen(QUEUE) == 0
                && redis.zcard(QUEUE + ":leases") == 0
                && redis.zcard(QUEUE + ":delayed") == 0
                && redis.keys(QUEUE + ":inbox:*").isEmpty();
    }
}
