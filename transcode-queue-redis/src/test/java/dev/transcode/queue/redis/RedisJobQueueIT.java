package dev.transcode.queue.redis;

import static dev.transcode.queue.redis.Fixtures.QUEUE;
import static dev.transcode.queue.redis.Fixtures.payload;
import static dev.transcode.queue.redis.Fixtures.submission;
import static dev.transcode.queue.redis.Fixtures.take;
import static dev.transcode.queue.redis.Fixtures.takeAndClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Beat;
import dev.transcode.queue.CancelResult;
import dev.transcode.queue.Claim;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueUpkeep;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.SubmitResult;
import dev.transcode.queue.Taken;
import dev.transcode.queue.redis.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in Redis after each step, and that each step may be repeated. */
class RedisJobQueueIT {
    private static TestRedis redis;

    private RedisBackend backend;
    private JobQueue worker;
    private JobStore store;
    private Fixtures.Cli cli;

    @BeforeAll
    static void open() {
        redis = TestRedis.open();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void connect() {
        cli = new Fixtures.Cli(redis.uri());
        cli.run().flushall();
        backend = RedisBackend.builder().uri(redis.uri()).build();
        worker = backend.worker("w1", List.of(QUEUE));
        store = backend.store();
    }

    @AfterEach
    void disconnect() {
        backend.close();
        cli.close();
    }

    @Test
    void aPushedJobIsClaimedFinishedAndLeavesNothingButItsStatus() {
        cli.run().lpush(QUEUE, payload("a").text());

        Lease lease = takeAndClaim(worker, "a");

        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.generation()).isEqualTo(lease.fence());
        assertThat(cli.run().hgetall("job:a"))
                .containsEntry("status", "processing")
                .containsEntry("queue", QUEUE)
                .containsEntry("worker", "w1");
        assertThat(worker.heartbeat(List.of(new Beat(lease, Map.of("stage", "encode", "plan", "{}")))))
                .containsExactly(Renewal.OK);
        assertThat(worker.gate(lease)).isEqualTo(Renewal.OK);

        Outcome done =
                new Outcome.Complete(List.of(new JobOutput("hls", "p/master.m3u8")), Map.of("log", "x", "plan", ""));
        assertThat(worker.finish(lease, done)).isEqualTo(FinishResult.DONE);
        assertThat(worker.finish(lease, done)).isEqualTo(FinishResult.ALREADY);

        assertThat(cli.run().hgetall("job:a"))
                .containsEntry("status", "complete")
                .containsEntry("progress", "100.0")
                .containsEntry("outputs", "[{\"profile\":\"hls\",\"key\":\"p/master.m3u8\"}]")
                .containsEntry("log", "x")
                .doesNotContainKeys("token", "stage", "plan");
        assertThat(cli.run().keys("*"))
                .containsExactlyInAnyOrder(
                        "job:a",
                        "transcode_jobs:workers",
                        "transcode_jobs:fence",
                        "transcode_jobs:finished",
                        "transcode:index",
                        "transcode:events");
    }

    @Test
    void aClaimRepeatedIsTheSameClaim() {
        store.submit(submission("a"));
        Taken taken = take(worker);
        Claim first = worker.claim(taken, new JobId("a"));
        assertThat(worker.claim(taken, new JobId("a"))).isEqualTo(first);
    }

    @Test
    void aRetryWaitsAndKeepsItsError() {
        store.submit(submission("a"));
        Lease lease = takeAndClaim(worker, "a");
        Outcome retry = new Outcome.Retry(Failure.of(FailureCode.S3_5XX, "cannot put: 503"), Duration.ZERO, Map.of());
        assertThat(worker.finish(lease, retry)).isEqualTo(FinishResult.DONE);
        assertThat(worker.finish(lease, retry)).isEqualTo(FinishResult.ALREADY);
        assertThat(cli.run().hgetall("job:a"))
                .containsEntry("status", "queued")
                .containsEntry("stage", "retry")
                .containsEntry("error_code", "s3_5xx");
        assertThat(cli.run().zcard(QUEUE + ":delayed")).isEqualTo(1);
    }

    @Test
    void aReleasedJobIsNextAndItsAttemptDoesNotCount() {
        store.submit(submission("a"));
        store.submit(submission("b"));
        Lease lease = takeAndClaim(worker, "a");
        assertThat(worker.release(lease)).isTrue();
        assertThat(worker.release(lease)).isTrue();
        assertThat(cli.run().lrange(QUEUE, 0, -1))
                .containsExactly(payload("b").text(), payload("a").text());
        Lease again = takeAndClaim(worker, "a");
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.generation()).isEqualTo(lease.generation());
        assertThat(again.fence()).isGreaterThan(lease.fence());
        assertThat(worker.finish(lease, new Outcome.Cancelled(Map.of()))).isEqualTo(FinishResult.LOST);
    }

    @Test
    void aJobCancelledWhileItWaitsIsDroppedOnceAndRunsWhenPushedAgain() {
        store.submit(submission("a"));
        assertThat(store.cancel(new JobId("a"))).isEqualTo(CancelResult.CANCELLED);
        assertThat(store.cancel(new JobId("a"))).isEqualTo(CancelResult.ENDED);
        assertThat(store.submit(submission("a")).kind()).isEqualTo(SubmitResult.Kind.QUEUED);
        assertThat(worker.claim(take(worker), new JobId("a"))).isEqualTo(new Claim.Dropped(Claim.Reason.CANCELLED));
        takeAndClaim(worker, "a");
    }

    @Test
    void malformedPayloadsAreBuriedOnce() {
        cli.run().lpush(QUEUE, "{\"id\":\"a\", \"ladder\": 7}");
        Taken taken = take(worker);
        Failure why = Failure.of(FailureCode.INVALID_JOB, "cannot read the job: \"ladder\"");
        worker.bury(taken, Optional.of(new JobId("a")), why);
        worker.bury(taken, Optional.of(new JobId("a")), why);
        assertThat(cli.run().llen(QUEUE + ":malformed")).isEqualTo(1);
        assertThat(cli.run().hgetall("job:a"))
                .containsEntry("status", "failed")
                .containsEntry("error_code", "invalid_job");
        assertThat(cli.run().llen(QUEUE + ":inbox:w1")).isZero();
    }

    @Test
    void whatAProducerWroteIntoAStatusBreaksNeitherItsJobNorTheQueue() {
        cli.run()
                .hset(
                        "job:a",
                        Map.of(
                                "status", "queued",
                                "attempt", "99999999999",
                                "generation", "v2",
                                "fence", "1e300",
                                "stalls", "many",
                                "duplicates", "none"));
        cli.run().lpush(QUEUE, payload("a").text());
        Lease lease = takeAndClaim(worker, "a");
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.generation()).isEqualTo(lease.fence());

        cli.run().lpush(QUEUE, payload("a").text());
        assertThat(worker.claim(take(worker), new JobId("a")))
                .isEqualTo(new Claim.Dropped(Claim.Reason.DUPLICATE_ACTIVE));

        store.submit(submission("b"));
        assertThat(takeAndClaim(worker, "b").fence()).isBetween(lease.fence() + 1, lease.fence() + 60_000);

        cli.run().zadd(QUEUE + ":leases", 0, "a");
        assertThat(upkeep().requeued()).isEqualTo(1);
        assertThat(cli.run().hgetall("job:a")).containsEntry("stalls", "1").containsEntry("duplicates", "1");
    }

    @Test
    void theIndexForgetsAlsoWhatIsYoungerThanJobsThatStayForEver() {
        for (int i = 0; i < 150; i++) {
            cli.run().zadd("transcode:index", i, "old" + i);
            cli.run().hset("job:old" + i, "status", "queued");
        }
        cli.run().zadd("transcode:index", 150, "gone");
        Awaitility.await().until(() -> {
            upkeep();
            return cli.run().zscore("transcode:index", "gone") == null;
        });
        assertThat(cli.run().zcard("transcode:index")).isEqualTo(150);
    }

    /** A round of a process that has not seen the server away: its lease is over at once. */
    private static QueueUpkeep.Round upkeep() {
        try (RedisBackend other = RedisBackend.builder()
                .uri(redis.uri())
                .lease(Duration.ofMillis(1))
                .build()) {
            return other.upkeep(List.of(QUEUE)).round();
        }
    }
}
