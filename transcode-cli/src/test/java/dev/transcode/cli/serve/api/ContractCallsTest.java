package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Claim;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.Taken;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submit, status and list as the contract has them, over HTTP. */
class ContractCallsTest {
    private static final String SUBMIT = "/api/transcode/submit";
    private static final String BODY =
            "{\"inputKey\": \"audio1/2816/video.mp4\", \"profile\": \"roku-hls\", \"outputPrefix\": \"transcoded/job_123\"}";

    @TempDir
    private Path root;

    private TestApi api;

    @BeforeEach
    void start() {
        api = TestApi.open(root);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aSubmissionIsAnsweredAndQueuedAsTheContractHasIt() throws Exception {
        HttpResponse<String> answer = api.post(SUBMIT, BODY);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject json = TestApi.json(answer);
        String id = json.get("jobId").getAsString();
        assertThat(id).matches("job_[0-9]{10}_[a-z0-9]{6}");
        json.remove("jobId");
        assertThat(json).hasToString("{\"success\":true,\"status\":\"queued\"}");

        JsonObject pushed = JsonParser.parseString(take().payload().text()).getAsJsonObject();
        assertThat(pushed.get("id").getAsString()).isEqualTo(id);
        assertThat(pushed.get("input_bucket").getAsString()).isEqualTo(TestApi.BUCKET);
        assertThat(pushed.get("input_key").getAsString()).isEqualTo("audio1/2816/video.mp4");
        assertThat(pushed.get("output_bucket").getAsString()).isEqualTo(TestApi.BUCKET);
        assertThat(pushed.get("output_prefix").getAsString()).isEqualTo("transcoded/job_123");
        assertThat(pushed.getAsJsonArray("ladder")).hasSize(4);
    }

    @Test
    void allFieldsAreTakenInCamelOrSnakeCase() throws Exception {
        String snake =
                "{\"id\": \"mine\", \"input_bucket\": \"in\", \"input_key\": \"a.mp4\", \"output_bucket\": \"out\","
                        + " \"output_prefix\": \"p\", \"ladder\": [{\"name\": \"480p\", \"height\": 480, \"bitrate\": \"2M\","
                        + " \"audio_bitrate\": \"96k\"}], \"segment_seconds\": 8, \"webhook_url\": \"https://example.com/hook\","
                        + " \"public_base_url\": \"https://example.com/stream\", \"unknown\": 1}";
        String camel = snake.replace("input_bucket", "inputBucket")
                .replace("input_key", "inputKey")
                .replace("output_bucket", "outputBucket")
                .replace("output_prefix", "outputPrefix")
                .replace("audio_bitrate", "audioBitrate")
                .replace("segment_seconds", "segmentSeconds")
                .replace("webhook_url", "webhookUrl")
                .replace("public_base_url", "publicBaseUrl");
        assertThat(camel).doesNotContain("_");
        assertThat(api.post(SUBMIT, snake).statusCode()).isEqualTo(200);
        String first = take().payload().text();
        try (TestApi other = TestApi.open(root)) {
            assertThat(other.post(SUBMIT, camel).statusCode()).isEqualTo(200);
            assertThat(take(other).payload().text()).isEqualTo(first);
        }
        JsonObject pushed = JsonParser.parseString(first).getAsJsonObject();
        assertThat(pushed.get("id").getAsString()).isEqualTo("mine");
        assertThat(pushed.get("segment_seconds").getAsInt()).isEqualTo(8);
        assertThat(pushed.get("webhook_url").getAsString()).isEqualTo("https://example.com/hook");
    }

    @Test
    void theQueueCanBeChosenAmongTheConfiguredOnes() throws Exception {
        assertThat(api.post(SUBMIT, "{\"inputKey\": \"a\", \"queue\": \"transcode_jobs_low\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(take(api, "transcode_jobs_low").queue()).isEqualTo("transcode_jobs_low");
        assertProblem(
                api.post(SUBMIT, "{\"inputKey\": \"a\", \"queue\": \"job:x\"}"),
                400,
                "invalid_request",
                "transcode_jobs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"profile\": \"roku-hls\"}            | input_key is missing",
                "{\"inputKey\": \"a\", \"profile\": \"no\"}   | profile is unknown",
                "{\"inputKey\": \"a\", \"id\": \"../x\"}      | job id is not",
                "{\"inputKey\": \"a\", \"outputPrefix\": \"a/../b\"} | output prefix has",
                "{\"inputKey\": {}}                        | input_key is neither",
                "{\"inputKey\": \"a\", \"ladder\": []}        | ladder",
                "{\"inputKey\": \"a\", \"webhookUrl\": \"ftp://x/secret-path\"} | webhook_url does not start with http",
            })
    void aBadJobIsRefusedWithItsField(String body, String said) throws Exception {
        HttpResponse<String> answer = api.post(SUBMIT, body);
        assertProblem(answer, 400, "invalid_job", said);
        assertThat(answer.body()).doesNotContain("secret-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "nonsense"})
    void whatIsNoJsonObjectIsRefused(String body) throws Exception {
        assertProblem(api.post(SUBMIT, body), 400, "invalid_json", "cannot read the request's body");
    }

    @Test
    void deepNestingIsRefusedNotFatal() throws Exception {
        assertProblem(api.post(SUBMIT, "[".repeat(60_000)), 400, "invalid_json", "cannot read");
        assertProblem(
                api.post(SUBMIT, "{\"ladder\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"),
                400,
                "invalid_json",
                "cannot read");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String large = "{\"inputKey\": \"" + "x".repeat(70_000) + "\"}";
        assertProblem(api.post(SUBMIT, large), 413, "body_too_large", "larger than 65536 bytes");
        assertThat(api.post(SUBMIT, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherContentTypeIsRefused() throws Exception {
        assertProblem(
                api.send("POST", SUBMIT, BODY, "Content-Type", "application/x-www-form-urlencoded"),
                415,
                "unsupported_media_type",
                "application/json");
        assertProblem(api.send("POST", SUBMIT, BODY), 415, "unsupported_media_type", "application/json");
        assertThat(api.send("POST", SUBMIT, BODY, "Content-Type", "Application/JSON; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherMethodIsRefusedWithTheRightOnes() throws Exception {
        HttpResponse<String> answer = api.get(SUBMIT);
        assertProblem(answer, 405, "method_not_allowed", "POST");
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        answer = api.send("DELETE", "/api/transcode/status/x", null);
        assertProblem(answer, 405, "method_not_allowed", "GET");
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertProblem(api.get("/api/transcode/nothing"), 404, "not_found", "none such");
    }

    @Test
    void aRepeatedKeyGivesTheFirstJobAndAnotherBodyAConflict() throws Exception {
        HttpResponse<String> first = api.post(SUBMIT, BODY, "Idempotency-Key", "k-1");
        HttpResponse<String> second = api.post(SUBMIT, BODY, "Idempotency-Key", "k-1");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(TestApi.json(first).get("jobId").getAsString()).matches("job_[0-9]{10}_[a-z0-9]{6}");
        assertThat(TestApi.json(api.get("/api/transcode/jobs")).getAsJsonArray("jobs"))
                .hasSize(1);
        assertProblem(
                api.post(SUBMIT, "{\"inputKey\": \"other\"}", "Idempotency-Key", "k-1"),
                409,
                "idempotency_conflict",
                "another job");
        assertProblem(api.post(SUBMIT, BODY, "Idempotency-Key", "a b"), 400, "invalid_request", "Idempotency-Key");
    }

    @Test
    void anIdThatWaitsIsAConflict() throws Exception {
        String body = "{\"id\": \"mine\", \"inputKey\": \"a\"}";
        assertThat(TestApi.json(api.post(SUBMIT, body)).get("jobId").getAsString())
                .isEqualTo("mine");
        assertProblem(api.post(SUBMIT, body), 409, "job_exists", "mine");
    }

    @Test
    void aFullQueueSaysWhenToTryAgain() throws Exception {
        try (TestApi small =
                TestApi.with(root, InMemoryBackend.builder().maxWaiting(1).build())) {
            assertThat(small.post(SUBMIT, BODY).statusCode()).isEqualTo(200);
            HttpResponse<String> answer = small.post(SUBMIT, BODY);
            assertProblem(answer, 503, "queue_full", "as many jobs as it may");
            assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        }
    }

    @Test
    void theStatusIsTheContracts() throws Exception {
        String id = TestApi.json(api.post(SUBMIT, BODY)).get("jobId").getAsString();
        JsonObject queued = TestApi.json(api.get("/api/transcode/status/" + id));
        assertThat(queued.get("jobId").getAsString()).isEqualTo(id);
        assertThat(queued.get("status").getAsString()).isEqualTo("queued");
        assertThat(queued.getAsJsonArray("outputs")).isEmpty();
        complete();
        JsonObject complete = TestApi.json(api.get("/api/transcode/status/" + id));
        assertThat(complete.get("status").getAsString()).isEqualTo("complete");
        assertThat(complete.getAsJsonArray("outputs"))
                .hasToString("[{\"profile\":\"720p\",\"key\":\"transcoded/job_123/720p.mp4\"},"
                        + "{\"profile\":\"hls\",\"key\":\"transcoded/job_123/master.m3u8\"}]");
        assertThat(complete.get("progress").getAsDouble()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"job_0_aaaaaa", "..", "%2e%2e", "a%20b", "a%00b"})
    void anUnknownIdIsNotFound(String id) throws Exception {
        assertProblem(api.get("/api/transcode/status/" + id), 404, "job_not_found", "no such job is known");
    }

    @Test
    void whatIsOnlyPushedIsNotYetKnown() throws Exception {
        api.queue.push(TestApi.QUEUE, Payload.of("{\"id\": \"pushed\", \"input_key\": \"a\"}"));
        HttpResponse<String> answer = api.get("/api/transcode/status/pushed");
        assertProblem(answer, 404, "job_not_found", "no such job is known");
        assertThat(TestApi.json(answer).get("hint").getAsString()).contains("LPUSH");
    }

    @Test
    void theListIsNewestFirstInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.post(SUBMIT, "{\"id\": \"job-" + i + "\", \"inputKey\": \"a\"}");
        }
        JsonObject first = TestApi.json(api.get("/api/transcode/jobs?page=0&size=2"));
        assertThat(ids(first)).containsExactly("job-4", "job-3");
        JsonObject entry = first.getAsJsonArray("jobs").get(0).getAsJsonObject();
        assertThat(entry.get("status").getAsString()).isEqualTo("queued");
        assertThat(entry.get("created").getAsString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(ids(TestApi.json(api.get("/api/transcode/jobs?page=2&size=2"))))
                .containsExactly("job-0");
        assertThat(first.get("next").getAsString()).isEqualTo("job-3");
        assertThat(ids(TestApi.json(api.get("/api/transcode/jobs?size=2&before=job-3"))))
                .containsExactly("job-2", "job-1");
        assertThat(ids(TestApi.json(api.get("/api/transcode/jobs")))).hasSize(5);
        complete();
        assertThat(ids(TestApi.json(api.get("/api/transcode/jobs?status=complete"))))
                .containsExactly("job-0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=-1",
                "page=x",
                "size=0",
                "size=1001",
                "size=1e3",
                "status=done",
                "before=..",
                "page=1000000&size=1000000",
                "page=1000000&size=1000000000000"
            })
    void aListThatCannotBeIsRefused(String query) throws Exception {
        assertProblem(api.get("/api/transcode/jobs?" + query), 400, "invalid_request", "cannot");
    }

    @Test
    void whileTheQueueIsAwayTheAnswerIs503WithoutItsName() throws Exception {
        QueueBackend away = (QueueBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {QueueBackend.class}, new AwayQueue());
        try (TestApi broken = TestApi.seeing(root, away)) {
            HttpResponse<String> answer = broken.post(SUBMIT, BODY);
            assertProblem(answer, 503, "queue_unavailable", "server is away");
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(answer.body()).doesNotContain("redis-host-1");
            assertProblem(broken.get("/api/transcode/status/x"), 503, "queue_unavailable", "server is away");
        }
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code, String said) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject json = TestApi.json(answer);
        assertThat(json.get("status").getAsInt()).isEqualTo(status);
        assertThat(json.get("code").getAsString()).isEqualTo(code);
        assertThat(json.get("type").getAsString()).isEqualTo("urn:transcode:problem:" + code);
        assertThat(json.get("title").getAsString()).isNotEmpty();
        assertThat(json.get("hint").getAsString()).isNotEmpty();
        assertThat(json.get("detail").getAsString()).contains(said);
        assertThat(json.get("success").getAsBoolean()).isFalse();
        assertThat(json.get("error")).isEqualTo(json.get("detail"));
        assertThat(answer.body()).doesNotContain("\\tat ", "Exception");
    }

    private static List<String> ids(JsonObject list) {
        return list.getAsJsonArray("jobs").asList().stream()
                .map(job -> job.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    private Taken take() {
        return take(api);
    }

    private static Taken take(TestApi api) {
        return take(api, TestApi.QUEUE);
    }

    private static Taken take(TestApi api, String queue) {
        try (JobQueue worker = api.queue.worker("w-take", List.of(queue))) {
            return worker.take(Duration.ofSeconds(5)).orElseThrow();
        }
    }

    /** What a worker does with the oldest job. */
    private void complete() {
        try (JobQueue worker = api.queue.worker("w-1", List.of(TestApi.QUEUE))) {
            Taken taken = worker.take(Duration.ofSeconds(5)).orElseThrow();
            JobId id = new JobId(JsonParser.parseString(taken.payload().text())
                    .getAsJsonObject()
                    .get("id")
                    .getAsString());
            Claim.Owned owned = (Claim.Owned) worker.claim(taken, id);
            worker.finish(
                    owned.lease(),
                    new Outcome.Complete(
                            List.of(
                                    new JobOutput("720p", "transcoded/job_123/720p.mp4"),
                                    new JobOutput("hls", "transcoded/job_123/master.m3u8")),
                            Map.of()));
        }
    }
}
