package dev.transcode.cli.serve.api;

import static dev.transcode.cli.serve.api.ContractCallsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueBackend;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel, retry, everything known of a job, and what is told of the system. */
class ActionsTest {
    private static final String JOBS = "/api/transcode/jobs/";

    @TempDir
    private Path root;

    private TestApi api;
    private TestWorker worker;

    @BeforeEach
    void start() {
        api = TestApi.open(root);
        worker = new TestWorker(api.queue);
    }

    @AfterEach
    void stop() {
        worker.close();
        api.close();
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndARunningOneAsked() throws Exception {
        submit("waits");
        HttpResponse<String> answer = api.send("POST", JOBS + "waits/cancel", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true,\"jobId\":\"waits\",\"status\":\"cancelled\"}");
        assertProblem(api.post(JOBS + "waits/cancel", "{}"), 409, "job_ended", "has ended");

        submit("runs");
        worker.claim("runs");
        answer = api.post(JOBS + "runs/cancel", "{}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(TestApi.json(answer).get("status").getAsString()).isEqualTo("processing");
        assertThat(TestApi.json(api.get(JOBS + "runs")).get("cancelRequested").getAsBoolean())
                .isTrue();
    }

    @Test
    void everythingKnownOfAJobHasItsWebhooksDeliveries() throws Exception {
        InMemoryBackend queue = InMemoryBackend.builder()
                .endWebhook(new JobEndWebhook(Optional.of("https://site.example/hook")))
                .build();
        try (TestApi own = TestApi.with(root, queue);
                TestWorker itsWorker = new TestWorker(queue)) {
            own.post("/api/transcode/submit", "{\"id\": \"told\", \"inputKey\": \"film.mp4\"}");
            itsWorker.finish(itsWorker.claim("told"), new Outcome.Cancelled(Map.of()));
            assertThat(TestApi.json(own.get(JOBS + "told")).has("webhookLog")).isFalse();

            queue.outbox().settle(queue.outbox().due(1, Duration.ZERO).get(0), "try 1: HTTP 200, delivered");

            assertThat(TestApi.json(own.get(JOBS + "told")).get("webhookLog"))
                    .hasToString("[\"try 1: HTTP 200, delivered\"]");
        }
    }

    @Test
    void aFailedJobIsQueuedAgain() throws Exception {
        submit("mine");
        assertProblem(api.post(JOBS + "mine/retry", ""), 409, "job_not_ended", "waiting or running");
        Lease lease = worker.claim("mine");
        worker.finish(lease, new Outcome.Failed(Failure.of(FailureCode.BAD_INPUT, "cannot decode it"), Map.of()));
        JsonObject failed = TestApi.json(api.get("/api/transcode/status/mine"));
        assertThat(failed.get("status").getAsString()).isEqualTo("failed");
        assertThat(failed.get("error").getAsString()).isEqualTo("cannot decode it");
        assertThat(failed.get("errorCode").getAsString()).isEqualTo("bad_input");
        assertThat(failed.get("hint").getAsString()).isNotEmpty();
        HttpResponse<String> answer = api.post(JOBS + "mine/retry", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(answer).get("status").getAsString()).isEqualTo("queued");
        worker.complete(worker.claim("mine"), "a", "b");
        assertProblem(api.post(JOBS + "mine/retry", ""), 409, "job_complete", "is complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "retry"})
    void whatIsUnknownOrAskedWronglyIsRefused(String action) throws Exception {
        assertProblem(api.post(JOBS + "unknown/" + action, "{}"), 404, "job_not_found", "no such job");
        assertProblem(api.get(JOBS + "unknown/" + action), 405, "method_not_allowed", "POST");
        try (TestApi guarded = TestApi.guarded(root)) {
            assertProblem(guarded.post(JOBS + "x/" + action, "{}"), 401, "unauthorized", "token");
        }
    }

    @Test
    void everythingIsToldOfAJobButItsSecrets() throws Exception {
        api.post(
                "/api/transcode/submit",
                "{\"id\": \"mine\", \"inputKey\": \"a\", \"webhookUrl\": \"https://example.com/hook?key=hidden\"}");
        worker.claim("mine");
        HttpResponse<String> answer = api.get(JOBS + "mine");
        JsonObject job = TestApi.json(answer);
        assertThat(job.get("jobId").getAsString()).isEqualTo("mine");
        assertThat(job.get("status").getAsString()).isEqualTo("processing");
        assertThat(job.get("attempt").getAsInt()).isEqualTo(1);
        assertThat(job.get("source").getAsString()).isEqualTo("films/a");
        assertThat(job.get("output").getAsString()).isEqualTo("films/transcoded/mine");
        assertThat(job.get("worker").getAsString()).isEqualTo("w-test");
        assertThat(job.get("createdAt").getAsString()).endsWith("Z");
        assertThat(job.get("webhookUrl").getAsString()).isEqualTo("https://example.com/hook");
        assertThat(answer.body()).doesNotContain("hidden", "\"token\"", "lastToken");
        assertProblem(api.get(JOBS + "unknown"), 404, "job_not_found", "no such job");
    }

    @Test
    void queuesAndProfilesAreTold() throws Exception {
        submit("one");
        submit("two");
        worker.claim("one");
        JsonObject queue = TestApi.json(api.get("/api/transcode/queues"))
                .getAsJsonArray("queues")
                .get(0)
                .getAsJsonObject();
        assertThat(queue.get("queue").getAsString()).isEqualTo(TestApi.QUEUE);
        assertThat(queue.get("waiting").getAsInt()).isEqualTo(1);
        assertThat(queue.get("running").getAsInt()).isEqualTo(1);
        JsonObject profiles = TestApi.json(api.get("/api/transcode/profiles"));
        JsonObject first = profiles.getAsJsonArray("profiles").get(0).getAsJsonObject();
        assertThat(first.get("name").getAsString()).isEqualTo("roku-hls");
        String ladder = first.get("ladder").toString();
        assertThat(api.post("/api/transcode/submit", "{\"inputKey\": \"a\", \"ladder\": " + ladder + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void healthReadinessAndMetricsAreTold() throws Exception {
        submit("one");
        try (TestApi guarded = TestApi.guarded(root)) {
            assertThat(guarded.get("/healthz").statusCode()).isEqualTo(200);
            assertProblem(guarded.get("/metrics"), 401, "unauthorized", "token");
            assertThat(guarded.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
        }
        org.awaitility.Awaitility.await().until(() -> api.get("/readyz").statusCode() == 200);
        String metrics = api.get("/metrics").body();
        assertThat(metrics)
                .contains("transcode_queue_depth{queue=\"transcode_jobs\"} 1.0")
                .contains("transcode_build_info{version=")
                .contains("transcode_http_requests_seconds_count{method=\"POST\",path=\"/api/transcode/submit\"")
                .doesNotContain("one");
    }

    @Test
    void withoutItsQueueItIsAliveButNotReady() throws Exception {
        QueueBackend away = (QueueBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {QueueBackend.class}, new AwayQueue());
        try (TestApi broken = TestApi.seeing(root, away)) {
            assertThat(broken.get("/healthz").statusCode()).isEqualTo(200);
            HttpResponse<String> answer = broken.get("/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(TestApi.json(answer).getAsJsonArray("reasons").toString())
                    .contains("cannot reach the queue");
            assertThat(broken.get("/metrics").body()).contains("transcode_queue_depth{queue=\"transcode_jobs\"} NaN");
        }
    }

    private void submit(String id) throws Exception {
        assertThat(api.post("/api/transcode/submit", "{\"id\": \"" + id + "\", \"inputKey\": \"a\"}")
                        .statusCode())
                .isEqualTo(200);
    }
}
