package dev.transcode.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.transcode.job.JobId;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookPayload;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.queue.Claim;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.OutboxEntry;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.Taken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real receiver and the reference queue, whose clock the test moves. */
class OutboxPumpTest {
    private static final String QUEUE = "q";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-01-01T00:00:00Z"));
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
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
    private final InMemoryBackend backend =
            InMemoryBackend.builder().clock(clock).endWebhook(this::webhook).build();
    private final Outbox outbox = backend.outbox();
    private final WebhookNotifier notifier =
            new WebhookNotifier(WebhookSignature.NONE, false, Duration.ofSeconds(30), clock);

    /** What the receiver got: webhook-id and body. */
    private final ConcurrentLinkedQueue<Map.Entry<String, String>> got = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final ExecutorService receivers = Executors.newCachedThreadPool();
    private HttpServer site;
    private String url;

    @BeforeEach
    void start() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.setExecutor(receivers);
        site.createContext("/hook", this::receive);
        site.createContext("/hang", exchange -> {
            got.add(Map.entry("hang", ""));
            awaitQuietly(hang);
            exchange.close();
        });
        site.start();
        url = "http://127.0.0.1:" + site.getAddress().getPort() + "/hook";
    }

    @AfterEach
    void stop() {
        hang.countDown();
        site.stop(0);
        receivers.shutdownNow();
    }

    @Test
    void deliversWhatTheEndOfAJobLeftAndNotesIt() {
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            await().until(() -> !outbox.log(job).isEmpty());
        }

        assertThat(got)
                .singleElement()
                .satisfies(
                        post -> assertThat(post.getValue()).isEqualTo(WebhookPayload.cancelled(post.getKey(), job, 1)));
        assertThat(outbox.log(job))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("2025-01-01T00:00:00Z try 1 to " + url + ": HTTP 200 (")
                        .endsWith(", delivered"));
        assertThat(nothingIsDueWithin(Duration.ofDays(9))).isTrue();
    }

    @Test
    void triesAgainWhenItIsTime() {
        answers.addAll(List.of(500, 503));
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            await().until(() -> outbox.log(job).size() == 1);
            assertThat(got).hasSize(1);
            advance(Duration.ofSeconds(6));
            await().until(() -> outbox.log(job).size() == 2);
            advance(Duration.ofMinutes(6));
            await().until(() -> outbox.log(job).size() == 3);
        }

        assertThat(got)
                .hasSize(3)
                .extracting(Map.Entry::getKey)
                .containsOnly(got.element().getKey());
        assertThat(outbox.log(job).get(0))
                .contains("try 1")
                .contains("HTTP 500")
                .contains(", again in ");
        assertThat(outbox.log(job).get(1))
                .contains("try 2")
                .contains("HTTP 503")
                .contains(", again in ");
        assertThat(outbox.log(job).get(2)).contains("try 3").endsWith(", delivered");
    }

    @Test
    void stopsAt410() {
        answers.add(410);
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            await().until(() -> !outbox.log(job).isEmpty());
        }

        assertThat(outbox.log(job).get(0)).contains("HTTP 410").endsWith(", given up");
        assertThat(nothingIsDueWithin(Duration.ofDays(9))).isTrue();
    }

    @Test
    void givesUpWhatCannotBeSent() {
        url = "ftp://example.org/?token=s3cret";
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            await().until(() -> !outbox.log(job).isEmpty());
        }

        assertThat(outbox.log(job).get(0))
                .isEqualTo("2025-01-01T00:00:00Z try 1: not sent, its address does not start with http:// or https://;"
                        + " given up");
        assertThat(nothingIsDueWithin(Duration.ofDays(9))).isTrue();
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
            await().until(() -> got.size() >= 200);
        }

        assertThat(got).hasSize(200).extracting(Map.Entry::getKey).doesNotHaveDuplicates();
    }

    @Test
    void aReceiverThatDoesNotAnswerHoldsUpNobodyElse() {
        String hook = url;
        url = hook.replace("/hook", "/hang");
        endedJob("job_hang");
        url = hook;
        JobId job = endedJob("job_1");

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            await().until(() -> !outbox.log(job).isEmpty() && got.contains(Map.entry("hang", "")));
        }
    }

    @Test
    void whatADeadProcessHeldIsTakenAgain() {
        JobId job = endedJob("job_1");
        assertThat(outbox.due(1, Duration.ofMinutes(2))).hasSize(1); // and dies

        try (OutboxPump pump = pump(outbox)) {
            pump.start();
            advance(Duration.ofMinutes(2));
            await().until(() -> !outbox.log(job).isEmpty());
        }

        assertThat(got).hasSize(1);
    }

    @Test
    void whatIsCutOffByAStopIsNoTry() {
        String hook = url;
        url = hook.replace("/hook", "/hang");
        JobId job = endedJob("job_1");
        OutboxPump pump = pump(outbox);
        pump.start();
        await().until(() -> !got.isEmpty());

        pump.close();

        assertThat(outbox.due(1, Duration.ofMinutes(2))).as("still held").isEmpty();
        advance(Duration.ofMinutes(2));
        assertThat(outbox.due(1, Duration.ofMinutes(2))).singleElement().satisfies(entry -> {
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
            await().until(() -> !outbox.log(job).isEmpty());
        }

        assertThat(calls).hasValueGreaterThan(1);
    }

    private OutboxPump pump(Outbox of) {
        return new OutboxPump(of, notifier, clock, Duration.ofMillis(500));
    }

    private Optional<EndWebhook.Call> webhook(JobId id, int attempt, Optional<String> ownUrl, Outcome outcome) {
        String event = WebhookEvent.newId();
        return Optional.of(new EndWebhook.Call(event, url, true, WebhookPayload.cancelled(event, id, attempt)));
    }

    /** A job that a worker took and that was cancelled. */
    private JobId endedJob(String name) {
        JobId id = new JobId(name);
        backend.push(QUEUE, Payload.of("{\"id\":\"" + name + "\"}"));
        try (JobQueue queue = backend.worker("worker", List.of(QUEUE))) {
            Taken taken = queue.take(Duration.ZERO).orElseThrow();
            Claim.Owned owned = (Claim.Owned) queue.claim(taken, id);
            queue.finish(owned.lease(), new Outcome.Cancelled(Map.of()));
        }
        return id;
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(Map.entry(exchange.getRequestHeaders().getFirst("webhook-id"), body));
        Integer answer = answers.poll();
        exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
        exchange.close();
    }

    private boolean nothingIsDueWithin(Duration time) {
        advance(time);
        return outbox.due(100, Duration.ofMinutes(1)).isEmpty();
    }

    private void advance(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
