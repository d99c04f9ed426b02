package dev.transcode.queue.redis;

import static dev.transcode.queue.redis.Fixtures.QUEUE;

import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Claim;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Taken;
import dev.transcode.queue.redis.testing.TestRedis;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;

/**
 * How long a pushed job waits for an idle worker, what an empty job costs from take to finish, and how much of Redis a
 * finished one holds. Started by {@code docs/bench/queue}.
 */
final class QueueBenchmark {
    private static final int WARM_UP = 1_000;
    private static final int JOBS = 3_000;
    private static final Outcome COMPLETE = new Outcome.Complete(
            List.of(
                    new JobOutput("720p", "transcoded/test_001/720p.mp4"),
                    new JobOutput("480p", "transcoded/test_001/480p.mp4"),
                    new JobOutput("hls", "transcoded/test_001/master.m3u8")),
            Map.of());

    private QueueBenchmark() {}

    public static void main(String[] args) throws InterruptedException {
        try (TestRedis redis = TestRedis.open("--appendonly", "no");
                Fixtures.Cli cli = new Fixtures.Cli(redis.uri());
                RedisBackend backend = RedisBackend.builder().uri(redis.uri()).build()) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            print("LPUSH to claim, idle worker", pickUp(cli, worker));
            print("take to finish, empty job", empty(cli, worker));
            cli.run().flushall();
            run(worker, cli, 0);
            long before = memory(cli);
            for (int i = 1; i <= JOBS; i++) {
                run(worker, cli, i);
            }
            System.out.printf(
                    Locale.ROOT, "Redis memory for each finished job: %d bytes%n", (memory(cli) - before) / JOBS);
        }
    }

    private static long[] pickUp(Fixtures.Cli cli, JobQueue worker) throws InterruptedException {
        SynchronousQueue<Long> claimed = new SynchronousQueue<>();
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < WARM_UP + JOBS; i++) {
                    Lease lease = claim(worker, i);
                    claimed.put(System.nanoTime());
                    worker.finish(lease, COMPLETE);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Random random = new Random(1);
        long[] nanos = new long[JOBS];
        for (int i = 0; i < WARM_UP + JOBS; i++) {
            Thread.sleep(2 + random.nextInt(15)); // The worker is to be idle: it waits again.
            long pushed = System.nanoTime();
            cli.run().lpush(QUEUE, payload(i).text());
            long took = claimed.take() - pushed;
            if (i >= WARM_UP) {
                nanos[i - WARM_UP] = took;
            }
        }
        working.join();
        return nanos;
    }

    private static long[] empty(Fixtures.Cli cli, JobQueue worker) {
        long[] nanos = new long[JOBS];
        for (int i = 0; i < JOBS; i++) {
            cli.run().lpush(QUEUE, payload(i).text());
            long start = System.nanoTime();
            worker.finish(claim(worker, i), COMPLETE);
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static void run(JobQueue worker, Fixtures.Cli cli, int i) {
        cli.run().lpush(QUEUE, payload(i).text());
        worker.finish(claim(worker, i), COMPLETE);
    }

    private static Lease claim(JobQueue worker, int i) {
        Taken taken = worker.take(Duration.ofSeconds(10)).orElseThrow();
        return ((Claim.Owned) worker.claim(taken, new JobId("test_job_" + i))).lease();
    }

    private static Payload payload(int i) {
        return Payload.of("{\"id\": \"test_job_" + i
                + "\", \"input_bucket\": \"jettydata-prod\", \"input_key\": \"audio1/2816/test-video.mp4\","
                + " \"output_bucket\": \"jettydata-prod\", \"output_prefix\": \"transcoded/test_001\"}");
    }

    /** Of all keys but the event stream, which is bounded. */
    private static long memory(Fixtures.Cli cli) {
        long sum = 0;
        for (String key : cli.run().keys("*")) {
            Long bytes = key.equals(Keys.EVENTS) ? null : cli.run().memoryUsage(key);
            sum += bytes == null ? 0 : bytes;
        }
        return sum;
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d jobs)%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                nanos.length);
    }
}
