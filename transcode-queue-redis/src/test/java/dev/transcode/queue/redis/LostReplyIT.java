package dev.transcode.queue.redis;

import static dev.transcode.queue.redis.Fixtures.QUEUE;
import static dev.transcode.queue.redis.Fixtures.payload;
import static dev.transcode.queue.redis.Fixtures.submission;
import static dev.transcode.queue.redis.Fixtures.take;
import static dev.transcode.queue.redis.Fixtures.takeAndClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobId;
import dev.transcode.queue.Claim;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.SubmitResult;
import dev.transcode.queue.Taken;
import dev.transcode.queue.redis.testing.TestRedis;
import io.lettuce.core.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis did it, and the connection broke before its reply came. */
class LostReplyIT {
    private static final EndWebhook WEBHOOK = (id, attempt, ownUrl, outcome) ->
            Optional.of(new EndWebhook.Call("evt_" + System.nanoTime(), "http://site/hook", true, "{}"));
    private static final Outcome COMPLETE = new Outcome.Complete(List.of(), Map.of());

    private static TestRedis redis;
    private CuttingProxy proxy;
    private RedisBackend backend;
    private JobQueue worker;
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
        proxy = new CuttingProxy(redis.port());
        backend = RedisBackend.builder()
                .uri(proxy.uri())
                .lease(Duration.ofMillis(500))
                .endWebhook(WEBHOOK)
                .build();
        worker = backend.worker("w1", List.of(QUEUE));
    }

    @AfterEach
    void disconnect() {
        backend.close();
        proxy.close();
        cli.close();
    }

    /** Calls until Redis is back, as a worker does. */
    private static <T> T again(Supplier<T> call) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(QueueUnavailableException.class)
                .until(call::get, answer -> true);
    }

    @Test
    void ofATakeLeavesThePayloadInTheInboxWhereTheNextTakeFindsIt() {
        worker.take(Duration.ZERO);
        proxy.loseReplyTo("BLMOVE");
        backend.store().submit(submission("a"));

        assertThatThrownBy(() -> worker.take(Duration.ofSeconds(5))).isInstanceOf(QueueUnavailableException.class);
        assertThat(cli.run().llen(QUEUE)).isZero();
        assertThat(cli.run().lrange(QUEUE + ":inbox:w1", 0, -1))
                .containsExactly(payload("a").text());
        Taken taken = again(() -> take(worker));
        assertThat(taken.payload()).isEqualTo(payload("a"));
        assertThat(worker.claim(taken, new JobId("a"))).isInstanceOf(Claim.Owned.class);
        assertThat(worker.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void ofAClaimMakesItNoSecondAttempt() {
        backend.store().submit(submission("a"));
        Taken taken = take(worker);
        proxy.loseReplyTo(Script.CLAIM.sha1());
        cli.run().scriptLoad(Script.CLAIM.text());

        assertThatThrownBy(() -> worker.claim(taken, new JobId("a"))).isInstanceOf(QueueUnavailableException.class);
        assertThat(cli.run().hget("job:a", "status")).isEqualTo("processing");
        Claim claim = again(() -> worker.claim(taken, new JobId("a")));
        assertThat(((Claim.Owned) claim).lease().attempt()).isEqualTo(1);
    }

    @Test
    void ofAFinishIsAnsweredAsAlreadyDoneWithOneWebhook() {
        backend.store().submit(submission("a"));
        Lease lease = takeAndClaim(worker, "a");
        cli.run().scriptLoad(Script.FINISH.text());
        proxy.loseReplyTo(Script.FINISH.sha1());

        assertThatThrownBy(() -> worker.finish(lease, COMPLETE)).isInstanceOf(QueueUnavailableException.class);
        assertThat(cli.run().hget("job:a", "status")).isEqualTo("complete");
        assertThat(again(() -> worker.finish(lease, COMPLETE))).isEqualTo(FinishResult.ALREADY);
        assertThat(cli.run().zcard("transcode:outbox")).isEqualTo(1);
    }

    @Test
    void ofASubmissionQueuesNothingTwice() {
        proxy.loseReplyTo(Script.SUBMIT.sha1());
        cli.run().scriptLoad(Script.SUBMIT.text());

        assertThatThrownBy(() -> backend.store().submit(submission("a"))).isInstanceOf(QueueUnavailableException.class);
        assertThat(again(() -> backend.store().submit(submission("a"))).kind()).isEqualTo(SubmitResult.Kind.EXISTS);
        assertThat(cli.run().llen(QUEUE)).isEqualTo(1);
    }

    @Test
    void afterALostConnectionTheReaperHoldsFireForOneLease() {
        JobQueue other = backend.worker("w2", List.of(QUEUE));
        backend.store().submit(submission("a"));
        Lease lease = takeAndClaim(other, "a");
        Awaitility.await().until(() -> overdue(1)); // nobody beats
        proxy.cutAll();
        again(() -> backend.store().find(new JobId("a")));
        long back = System.nanoTime();

        assertThat(backend.upkeep(List.of(QUEUE)).round().requeued()).isZero();
        assertThat(worker.heartbeat(List.of())).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofMillis(400));
        Awaitility.await().until(() -> backend.upkeep(List.of(QUEUE)).round().requeued(), requeued -> requeued == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isGreaterThan(Duration.ofMillis(350));
        assertThat(other.gate(lease)).isEqualTo(Renewal.LOST);
    }

    private boolean overdue(int jobs) {
        return cli.run().zcount(QUEUE + ":leases", Range.create(0L, time())) == jobs;
    }

    private long time() {
        return Long.parseLong(cli.run().time().get(0)) * 1_000;
    }

    @Test
    void whileTheConnectionIsAwayEveryCallFailsAtOnce() {
        worker.take(Duration.ZERO);
        proxy.close();
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> worker.heartbeat(List.of()))
                        .isInstanceOf(QueueUnavailableException.class));

        long start = System.nanoTime();
        assertThatThrownBy(() -> worker.heartbeat(List.of()))
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageStartingWith("cannot beat as worker w1: ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    }
}
