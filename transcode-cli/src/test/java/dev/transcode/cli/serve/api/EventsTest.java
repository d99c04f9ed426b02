package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-sent events over HTTP. */
class EventsTest {
    private static final String ALL = "/api/transcode/events";

    @TempDir
    private Path root;

    private TestApi api;
    private JobQueue worker;

    @BeforeEach
    void start() {
        api = TestApi.with(root, builder -> builder.heartbeat(Duration.ofMillis(200)));
        worker = api.queue.worker("w-1", List.of(TestApi.QUEUE));
    }

    @AfterEach
    void stop() {
        worker.close();
        api.close();
    }

    @Test
    void oneJobsWatcherSeesItsStatusThenItsStateAndProgress() throws Exception {
        submit("mine");
        submit("other");
        try (EventStream stream = open(of("mine"))) {
            assertThat(stream.head)
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: text/event-stream", "Cache-Control: no-store");
            Map<String, String> first = stream.next();
            assertThat(first).containsEntry("event", "status");
            assertThat(data(first).get("status").getAsString()).isEqualTo("queued");

            Lease lease = claim("mine");
            skipTo(stream, "claimed");
            claim("other");
            worker.heartbeat(List.of(new Beat(
                    lease, Map.of(JobFields.STAGE, "encode", JobFields.PROGRESS, "12.5", JobFields.SPEED, "1.84"))));
            Map<String, String> progress = stream.next();
            assertThat(progress).containsEntry("event", "progress");
            assertThat(data(progress).get("jobId").getAsString()).isEqualTo("mine");
            assertThat(data(progress).get("progress").getAsDouble()).isEqualTo(12.5);
            assertThat(data(progress).get("stage").getAsString()).isEqualTo("encode");
            assertThat(data(progress).get("speed").getAsDouble()).isEqualTo(1.84);

            worker.finish(lease, new Outcome.Failed(Failure.of(FailureCode.BAD_INPUT, "broken"), Map.of()));
            Map<String, String> end = stream.next();
            assertThat(end).containsEntry("event", "state");
            assertThat(data(end).get("status").getAsString()).isEqualTo("failed");
            assertThat(data(end).get("errorCode").getAsString()).isEqualTo("bad_input");
        }
    }

    @Test
    void whatWasMissedFollowsAfterTheLastEventId() throws Exception {
        submit("mine");
        String last;
        try (EventStream stream = open(ALL)) {
            assertThat(stream.next()).containsEntry("event", "ready");
            submit("second");
            last = stream.next().get("id");
        }
        for (int i = 0; i < 200; i++) {
            submit("later-" + i);
        }
        for (String[] how : new String[][] {{ALL, "Last-Event-ID", last}, {ALL + "?lastEventId=" + last}}) {
            try (EventStream stream =
                    how.length == 1 ? open(how[0]) : new EventStream(port(), how[0], how[1], how[2])) {
                for (int i = 0; i < 200; i++) {
                    assertThat(data(stream.next()).get("jobId").getAsString()).isEqualTo("later-" + i);
                }
            }
        }
        try (EventStream stream = new EventStream(port(), of("later-7"), "Last-Event-ID", last)) {
            assertThat(data(stream.next()).get("jobId").getAsString()).isEqualTo("later-7");
        }
    }

    @Test
    void anEventThatIsNotKnownAnyMoreMeansReset() throws Exception {
        submit("mine");
        try (EventStream stream = new EventStream(port(), of("mine"), "Last-Event-ID", "1-1-1")) {
            Map<String, String> first = stream.next();
            assertThat(first).containsEntry("event", "reset").containsKey("id");
            assertThat(data(first).get("status").getAsString()).isEqualTo("queued");
        }
        try (EventStream stream = new EventStream(port(), ALL, "Last-Event-ID", "nonsense")) {
            assertThat(stream.next()).containsEntry("event", "reset");
        }
    }

    @Test
    void inSilenceACommentShowsThatTheStreamLives() throws Exception {
        try (EventStream stream = open(ALL)) {
            stream.awaitComments(3);
        }
    }

    @Test
    void anUnknownJobOrAWrongMethodOpensNoStream() throws Exception {
        ContractCallsTest.assertProblem(api.get(of("unknown")), 404, "job_not_found", "no such job");
        ContractCallsTest.assertProblem(api.post(ALL, "{}"), 405, "method_not_allowed", "GET");
    }

    @Test
    void withoutATokenThereIsNoStreamAndWithTheCookieThereIs() throws Exception {
        try (TestApi guarded = TestApi.guarded(root)) {
            ContractCallsTest.assertProblem(guarded.get(ALL), 401, "unauthorized", "token");
            String cookie = guarded.post("/api/transcode/login", "{\"token\": \"" + TestApi.TOKEN + "\"}")
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .split(";", 2)[0];
            try (EventStream stream = new EventStream(guarded.url.getPort(), ALL, "Cookie", cookie)) {
                assertThat(stream.next()).containsEntry("event", "ready");
            }
        }
    }

    @Test
    void watchersThatGoAreForgotten() throws Exception {
        List<EventStream> streams = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            streams.add(open(ALL));
        }
        for (EventStream stream : streams) {
            stream.next();
        }
        assertThat(watchers()).isEqualTo(50);
        for (EventStream stream : streams) {
            stream.close();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> watchers() == 0);
    }

    @Test
    void aWatcherThatDoesNotReadIsDroppedAndTheOthersHearAll() throws Exception {
        int count = 30_000;
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), port());
                EventStream good = open(ALL)) {
            deaf.setReceiveBufferSize(1_024);
            deaf.getOutputStream()
                    .write(("GET " + ALL + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            good.next();
            await().until(() -> watchers() == 2);
            submit("busy");
            Lease lease = claim("busy");
            Thread reader = new Thread(() -> readAll(good, count));
            reader.start();
            for (int i = 1; i <= count; i++) {
                worker.heartbeat(List.of(new Beat(
                        lease, Map.of(JobFields.PROGRESS, Double.toString(i / 1_000.0), JobFields.STAGE, "encode"))));
                if (i % 1_000 == 0) {
                    int sent = i;
                    await().atMost(Duration.ofSeconds(20)).until(() -> seen.get() >= sent - 500);
                }
            }
            reader.join(60_000);
            assertThat(seen.get()).isGreaterThanOrEqualTo(count);
            await().atMost(Duration.ofSeconds(40)).until(() -> watchers() == 1);
            assertThat(metric("transcode_event_watchers_dropped_total")).isEqualTo(1);
        }
    }

    private final AtomicInteger seen = new AtomicInteger();

    private void readAll(EventStream stream, int count) {
        try {
            while (seen.get() < count) {
                if (stream.next().get("event").equals("progress")) {
                    seen.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int watchers() throws Exception {
        return metric("transcode_event_watchers");
    }

    private int metric(String name) throws Exception {
        return (int) Double.parseDouble(api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .split(" ", 2)[1]);
    }

    private void submit(String id) throws Exception {
        assertThat(api.post("/api/transcode/submit", "{\"id\": \"" + id + "\", \"inputKey\": \"a\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private Lease claim(String id) {
        return ((Claim.Owned) worker.claim(worker.take(Duration.ofSeconds(5)).orElseThrow(), new JobId(id))).lease();
    }

    /** The queued event may come before or after the status that the stream begins with. */
    private static void skipTo(EventStream stream, String type) throws IOException {
        JsonObject data = data(stream.next());
        if (!data.get("type").getAsString().equals(type)) {
            data = data(stream.next());
        }
        assertThat(data.get("type").getAsString()).isEqualTo(type);
    }

    private static JsonObject data(Map<String, String> event) {
        return JsonParser.parseString(event.get("data")).getAsJsonObject();
    }

    private EventStream open(String path) throws IOException {
        return new EventStream(port(), path);
    }

    private static String of(String job) {
        return "/api/transcode/jobs/" + job + "/events";
    }

    private int port() {
        return api.url.getPort();
    }
}
