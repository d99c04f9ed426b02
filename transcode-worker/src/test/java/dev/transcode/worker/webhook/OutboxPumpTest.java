package dev.transcode.worker.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.transcode.job.JobId;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.OutboxEntry;
import dev.transcode.queue.QueueUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pump does with the outbox; what receivers do is in {@link WebhookPathTest}. */
class OutboxPumpTest extends WebhookBench {
    /** A receiver that takes its time, less than a try may last. */
    private static final String SLOW = "/slow";

    private static final Duration HOLD = Duration.ofMinutes(2);

    @BeforeEach
    void answer() {
        SITE.stubFor(post(HOOK).willReturn(ok()));
        SITE.stubFor(post(SLOW).willReturn(ok().withFixedDelay(20_000)));
    }

    @Test
    void givesUpWhatCannotBeSent() {
        url = "ftp://example.org/?token=s3cret";
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            assertThat(awaitTries(job, 1))
                    .containsExactly("2026-01-02T03:04:05.678Z try 1: not sent, its address does not start with http://"
                            + " or https://; given up");
        }

        assertThat(nothingIsDueWithin(LONG)).isTrue();
    }

    @Test
    void severalPumpsDeliverEachOnce() {
        for (int i = 0; i < 200; i++) {
            endedJob("job_" + i);
        }

        try (OutboxPump first = pump(outbox);
                OutboxPump second = pump(outbox);
                OutboxPump third = pump(outbox)) {
            first.start();
            second.start();
            third.start();
            await().until(() -> posts().size() >= 200);
        }

        assertThat(posts())
                .hasSize(200)
                .extracting((LoggedRequest request) -> request.getHeader("webhook-id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aReceiverThatDoesNotAnswerHoldsUpNobodyElse() {
        String hook = url;
        url = SITE.baseUrl() + SLOW;
        JobId slow = endedJob("job_slow");
        url = hook;
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            awaitTries(job, 1);
            await().until(OutboxPumpTest::slowPosts, count -> count == 1);
            assertThat(outbox.log(slow)).isEmpty();
        }
    }

    @Test
    void whatADeadProcessHeldIsTakenAgain() {
        JobId job = endedJob("job_1");
        assertThat(outbox.due(1, HOLD)).hasSize(1); // and dies

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            clock.advance(HOLD);
            awaitTries(job, 1);
        }

        assertThat(posts()).hasSize(1);
    }

    @Test
    void whatIsCutOffByAStopIsNoTry() {
        url = SITE.baseUrl() + SLOW;
        JobId job = endedJob("job_1");
        OutboxPump pump = pump(outbox);
        pump.start();
        await().until(OutboxPumpTest::slowPosts, count -> count == 1);

        pump.close();

        assertThat(outbox.due(1, HOLD)).as("still held").isEmpty();
        clock.advance(HOLD);
        assertThat(outbox.due(1, HOLD)).singleElement().satisfies(entry -> {
            assertThat(entry.job()).isEqualTo(job);
            assertThat(entry.tries()).isZero();
        });
        assertThat(outbox.log(job)).isEmpty();
    }

    @Test
    void goesOnOnceTheQueueIsBack() {
        JobId job = endedJob("job_1");
        AtomicInteger calls = new AtomicInteger();
        Outbox away = new Outbox() {
            @Override
            public List<OutboxEntry> due(int limit, Duration hold) {
                if (calls.incrementAndGet() == 1) {
                    throw new QueueUnavailableException("cannot reach the queue", new IOException());
                }
                return outbox.due(limit, hold);
            }

            @Override
            public void settle(OutboxEntry entry, String log) {
                outbox.settle(entry, log);
            }

            @Override
            public void again(OutboxEntry entry, Duration delay, String log) {
                outbox.again(entry, delay, log);
            }

            @Override
            public Optional<OutboxEntry> resend(JobId id) {
                return outbox.resend(id);
            }

            @Override
            public List<String> log(JobId id) {
                return outbox.log(id);
            }
        };

        try (OutboxPump pump = pump(away)) {
            pump.start();
            awaitTries(job, 1);
        }

        assertThat(calls).hasValueGreaterThan(1);
    }

    /** Whose poll is far off: only being told makes it look. */
    @Test
    void whoIsToldOfANewOneLooksAtOnce() {
        try (OutboxPump pump = new OutboxPump(outbox, notifier(Duration.ofSeconds(30), ""), clock)) {
            pump.start();
            JobId first = endedJob("job_1");
            pump.wake();
            awaitTries(first, 1);
            long start = System.nanoTime();
            JobId second = endedJob("job_2");

            pump.wake();

            awaitTries(second, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private OutboxPump pump(Outbox of) {
        return pump(of, Duration.ofSeconds(30), "");
    }

    /** Those that have arrived, answered or not. */
    private static int slowPosts() {
        return posts(SLOW).size();
    }
}
