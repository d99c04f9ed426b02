package dev.transcode.queue.redis;

import static dev.transcode.queue.redis.Fixtures.QUEUE;
import static dev.transcode.queue.redis.Fixtures.payload;
import static dev.transcode.queue.redis.Fixtures.submission;
import static dev.transcode.queue.redis.Fixtures.take;
import static dev.transcode.queue.redis.Fixtures.takeAndClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.transcode.job.JobId;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.QueueUpkeep;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.redis.testing.EmbeddedRedis;
import dev.transcode.queue.redis.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A Redis that dies, fills up, forgets its scripts, or is none that can serve us. */
class RedisTroubleIT {
    private static final Outcome COMPLETE = new Outcome.Complete(List.of(), Map.of());
    private static final Duration LEASE = Duration.ofSeconds(3);

    static Stream<Path> servers() {
        return Stream.of(TestRedis.onPath().orElseGet(EmbeddedRedis::program), EmbeddedRedis.program());
    }

    private static RedisBackend backend(TestRedis redis) {
        return RedisBackend.builder().uri(redis.uri()).lease(LEASE).build();
    }

    @Test
    void afterKillAndRestartEverybodyGoesOnWhereTheyWere() {
        try (TestRedis redis = TestRedis.open();
                RedisBackend backend = backend(redis)) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            backend.store().submit(submission("a"));
            backend.store().submit(submission("b"));
            Lease lease = takeAndClaim(worker, "a");
            redis.kill();
            assertThatThrownBy(() -> worker.gate(lease)).isInstanceOf(QueueUnavailableException.class);
            assertThatThrownBy(() -> worker.take(Duration.ZERO)).isInstanceOf(QueueUnavailableException.class);
            redis.start();

            Awaitility.await()
                    .ignoreException(QueueUnavailableException.class)
                    .until(() -> worker.gate(lease), Renewal.OK::equals);
            assertThat(backend.upkeep(List.of(QUEUE)).round()).isEqualTo(QueueUpkeep.Round.NOTHING);
            assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);
            Awaitility.await()
                    .ignoreException(QueueUnavailableException.class)
                    .until(() -> takeAndClaim(worker, "b").attempt(), attempt -> attempt == 1);
        }
    }

    @Test
    void aBackendBuiltWhileRedisIsAwayConnectsWhenItIsThere() {
        TestRedis redis = TestRedis.open();
        redis.kill();
        try (redis;
                RedisBackend backend = backend(redis)) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            assertThatThrownBy(() -> worker.take(Duration.ZERO))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("Connection refused");
            redis.start();
            Awaitility.await()
                    .ignoreException(QueueUnavailableException.class)
                    .until(() -> worker.take(Duration.ZERO).isEmpty());
        }
    }

    /** By the worker that stops, and by the backend that closes what it handed out. */
    @Test
    void aQueueClosedTwiceSaysOnceThatItsInboxIsLeft() {
        Logger logger = (Logger) LoggerFactory.getLogger(RedisJobQueue.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try (TestRedis redis = TestRedis.open();
                RedisBackend backend = backend(redis)) {
            JobQueue worker = backend.worker("closed-twice", List.of(QUEUE));
            assertThat(worker.take(Duration.ZERO)).isEmpty();
            redis.kill();
            worker.close();
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null); // Its parent's again.
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("closed-twice"))
                .singleElement()
                .asString()
                .contains("is left to be recovered by others");
    }

    @Test
    void aFrozenRedisIsUnavailableAndThenGoesOn() {
        try (TestRedis redis = TestRedis.open();
                RedisBackend backend = backend(redis)) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            backend.store().submit(submission("a"));
            Lease lease = takeAndClaim(worker, "a");
            redis.freeze();
            assertThatThrownBy(() -> worker.heartbeat(List.of(new Beat(lease, Map.of()))))
                    .isInstanceOf(QueueUnavailableException.class);
            redis.thaw();
            Awaitility.await()
                    .ignoreException(QueueUnavailableException.class)
                    .until(() -> worker.heartbeat(List.of(new Beat(lease, Map.of()))), List.of(Renewal.OK)::equals);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void forgottenScriptsAreSentAgain(Path program) {
        try (TestRedis redis = TestRedis.open(program);
                RedisBackend backend = backend(redis);
                Fixtures.Cli cli = new Fixtures.Cli(redis.uri())) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            backend.store().submit(submission("a"));
            cli.run().scriptFlush();
            Lease lease = takeAndClaim(worker, "a");
            cli.run().scriptFlush();
            assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatRunsCanEndAlthoughRedisIsFull(Path program) {
        try (TestRedis redis = TestRedis.open(program, "--maxmemory-policy", "noeviction");
                RedisBackend backend = backend(redis);
                Fixtures.Cli cli = new Fixtures.Cli(redis.uri())) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            backend.store().submit(submission("a"));
            backend.store().submit(submission("b"));
            Lease a = takeAndClaim(worker, "a");
            Lease b = takeAndClaim(worker, "b");
            cli.run().configSet("maxmemory", "1"); // it is full from now on

            assertThatThrownBy(() -> backend.store().submit(submission("c")))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("OOM");
            assertThat(worker.heartbeat(List.of(new Beat(a, Map.of("progress", "1.0")))))
                    .containsExactly(Renewal.OK);
            assertThat(worker.gate(a)).isEqualTo(Renewal.OK);
            assertThat(worker.finish(a, COMPLETE)).isEqualTo(FinishResult.DONE);
            assertThat(worker.release(b)).isTrue();
        }
    }

    /** It would end the worker that loads it, and then the next one that recovers it, and so on. */
    @ParameterizedTest
    @MethodSource("servers")
    void aPayloadTooLargeForMemoryIsPutAwayUnread(Path program) {
        try (TestRedis redis = TestRedis.open(program);
                RedisBackend backend = backend(redis);
                Fixtures.Cli cli = new Fixtures.Cli(redis.uri())) {
            byte[] huge = new byte[100 << 20];
            Arrays.fill(huge, (byte) '"');
            cli.bytes().lpush(QUEUE, huge);
            backend.store().submit(submission("a"));
            JobQueue worker = backend.worker("w1", List.of(QUEUE));

            Lease lease = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreException(QueueUnavailableException.class)
                    .until(() -> takeAndClaim(worker, "a"), taken -> true);

            assertThat(lease.attempt()).isEqualTo(1);
            assertThat(cli.run().lrange(QUEUE + ":malformed", 0, -1))
                    .singleElement()
                    .asString()
                    .contains("far too large", "\"size\":104857600,\"payload\":\"????");
            assertThat(cli.run().llen(QUEUE + ":inbox:w1")).isEqualTo(0);
        }
    }

    @Test
    void aStatusKeyThatIsNoHashHurtsOnlyItsJob() {
        try (TestRedis redis = TestRedis.open();
                RedisBackend backend = backend(redis);
                Fixtures.Cli cli = new Fixtures.Cli(redis.uri())) {
            JobQueue worker = backend.worker("w1", List.of(QUEUE));
            backend.store().submit(submission("a"));
            backend.store().submit(submission("b"));
            Lease a = takeAndClaim(worker, "a");
            Lease b = takeAndClaim(worker, "b");
            cli.run().set("job:a", "mine");
            cli.run().set("job:c", "mine");

            assertThat(worker.heartbeat(List.of(new Beat(a, Map.of()), new Beat(b, Map.of()))))
                    .containsExactly(Renewal.LOST, Renewal.OK);
            assertThat(worker.gate(a)).isEqualTo(Renewal.LOST);
            assertThat(worker.finish(a, COMPLETE)).isEqualTo(FinishResult.LOST);
            assertThat(worker.release(a)).isFalse();
            assertThat(backend.store().find(new JobId("a"))).isEmpty();
            assertThatThrownBy(() -> backend.store().submit(submission("c"))).isInstanceOf(IllegalStateException.class);
            cli.run().lpush(QUEUE, payload("c").text());
            assertThat(worker.claim(take(worker), new JobId("c"))).isEqualTo(new Claim.Dropped(Claim.Reason.BAD_KEY));
            assertThat(cli.run().llen(QUEUE + ":malformed")).isEqualTo(1);
            assertThat(cli.run().get("job:c")).isEqualTo("mine");
        }
    }

    @Test
    void aKeyOfTheWrongTypeIsABugAndNoOutage() {
        try (TestRedis redis = TestRedis.open();
                RedisBackend backend = backend(redis);
                Fixtures.Cli cli = new Fixtures.Cli(redis.uri())) {
            cli.run().set(QUEUE, "mine");
            assertThatThrownBy(() -> backend.store().submit(submission("a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("WRONGTYPE");
        }
    }

    @Test
    void aClusterIsRefusedWithASentence() {
        try (TestRedis redis = TestRedis.open("--cluster-enabled", "yes");
                RedisBackend backend = backend(redis)) {
            assertThatThrownBy(() -> backend.store().find(new JobId("a")))
                    .isInstanceOf(QueueRefusedException.class)
                    .hasMessageStartingWith("cannot use Redis Cluster: ");
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutTellingIt() {
        try (TestRedis redis = TestRedis.open("--requirepass", "right");
                RedisBackend wrong = RedisBackend.builder()
                        .uri("redis://:sesame@127.0.0.1:" + redis.port())
                        .build();
                RedisBackend none = backend(redis);
                RedisBackend right = RedisBackend.builder()
                        .uri("redis://default:right@127.0.0.1:" + redis.port() + "/3")
                        .clientName("transcode-test")
                        .build()) {
            for (RedisBackend backend : List.of(wrong, none)) {
                assertThatThrownBy(() -> backend.store().find(new JobId("a")))
                        .isInstanceOf(QueueRefusedException.class)
                        .hasMessageContaining("REDIS_URL")
                        .satisfies(error -> assertThat(error.toString()).doesNotContain("sesame"));
            }
            assertThat(right.store().find(new JobId("a"))).isEmpty();
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(
                        () -> RedisBackend.builder().uri("http://:sesame@host").build())
                .isInstanceOf(QueueRefusedException.class)
                .hasMessageContaining("redis://")
                .hasMessageNotContaining("sesame")
                .hasNoCause();
    }
}
