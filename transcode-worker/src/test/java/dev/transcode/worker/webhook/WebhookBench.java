package dev.transcode.worker.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.transcode.contract.TestClock;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookPayload;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.queue.Claim;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The whole way of a webhook: a job ends on the reference queue, whose clock the test moves; pumps take it from the
 * outbox and post it to a real receiver.
 */
abstract class WebhookBench {
    /** Longer than any delay of the schedule. */
    static final Duration LONG = Duration.ofDays(9);

    /** Of one try. */
    static final Duration TIMEOUT = Duration.ofMillis(500);

    static final String HOOK = "/hook";

    @RegisterExtension
    static final WireMockExtension SITE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private static final String QUEUE = "q";

    final TestClock clock = new TestClock();
    final InMemoryBackend backend =
            InMemoryBackend.builder().clock(clock).endWebhook(this::webhook).build();
    final Outbox outbox = backend.outbox();
    String url = SITE.baseUrl() + HOOK;

    /** Real time, which receivers check, a second later at each try. */
    private final Clock signing = new Clock() {
        private final AtomicInteger tries = new AtomicInteger();

        @Override
        public Instant instant() {
            return Instant.now().plusSeconds(tries.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    /** Looks for what is due all the time, instead of every five seconds. */
    OutboxPump pump(Outbox of, Duration timeout, String secrets) {
        return new OutboxPump(of, notifier(timeout, secrets), clock, Duration.ofMillis(20), Duration.ofMillis(300));
    }

    WebhookNotifier notifier(Duration timeout, String secrets) {
        return new WebhookNotifier(WebhookSignature.of(secrets), false, timeout, signing);
    }

    /** A job that a worker took and completed. */
    JobId endedJob(String name) {
        JobId id = new JobId(name);
        backend.push(QUEUE, Payload.of("{\"id\":\"" + name + "\"}"));
        try (JobQueue queue = backend.worker("worker", List.of(QUEUE))) {
            Taken taken = queue.take(Duration.ZERO).orElseThrow();
            Claim.Owned owned = (Claim.Owned) queue.claim(taken, id);
            List<JobOutput> outputs = List.of(new JobOutput("720p", "filme/Größe/720p.mp4"));
            queue.finish(owned.lease(), new Outcome.Complete(outputs, Map.of()));
        }
        return id;
    }

    private Optional<EndWebhook.Call> webhook(JobId id, int attempt, Optional<String> ownUrl, Outcome outcome) {
        String event = WebhookEvent.newId();
        List<JobOutput> outputs = ((Outcome.Complete) outcome).outputs();
        return Optional.of(new EndWebhook.Call(event, url, true, WebhookPayload.complete(event, id, attempt, outputs)));
    }

    /** Waits until so many tries are noted, and gives their lines. */
    List<String> awaitTries(JobId job, int tries) {
        await("try " + tries)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> outbox.log(job).size() >= tries);
        return outbox.log(job);
    }

    /** What the receiver got at {@link #HOOK}, oldest first. */
    static List<LoggedRequest> posts() {
        return posts(HOOK);
    }

    static List<LoggedRequest> posts(String path) {
        return SITE.findAll(postRequestedFor(urlEqualTo(path)));
    }

    boolean nothingIsDueWithin(Duration time) {
        clock.advance(time);
        return outbox.due(100, Duration.ofMinutes(1)).isEmpty();
    }
}
