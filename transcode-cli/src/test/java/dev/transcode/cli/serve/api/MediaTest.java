package dev.transcode.cli.serve.api;

import static dev.transcode.cli.serve.api.ContractCallsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.JobId;
import dev.transcode.storage.RunDirectory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job's files over HTTP. */
class MediaTest {
    private static final String MEDIA = "/api/transcode/jobs/mine/media/";
    private static final String DIGITS = "0123456789";
    private static final String RUN = RunDirectory.of(new JobId("mine"), 7).name();

    @TempDir
    private static Path root;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        Path prefix = Files.createDirectories(root.resolve(TestApi.BUCKET + "/out/a b"));
        Path run = Files.createDirectories(prefix.resolve(RUN + "/v-720p"));
        Files.writeString(prefix.resolve("720p.mp4"), DIGITS);
        Files.writeString(prefix.resolve("strangers.mp4"), "secret");
        Path other = Files.createDirectories(prefix.resolve("r-00000000-7"));
        Files.writeString(other.resolve("s.m4s"), "secret");
        Files.writeString(root.resolve(TestApi.BUCKET + "/source.mp4"), "secret");
        Files.writeString(run.resolve("s00000.m4s"), DIGITS);
        Files.writeString(
                prefix.resolve("master.m3u8"),
                "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI=\"https://site.example/s/out/a%20b/" + RUN
                        + "/a-128k/index.m3u8\"\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttps://site.example/s/out/a%20b/" + RUN
                        + "/v-720p/index.m3u8\n");
        Files.writeString(
                run.resolve("index.m3u8"),
                "#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\nhttps://site.example/s/out/a%20b/" + RUN
                        + "/v-720p/s00000.m4s\n");
        api = TestApi.open(root);
        api.post(
                "/api/transcode/submit",
                "{\"id\": \"mine\", \"inputKey\": \"source.mp4\", \"outputPrefix\": \"out/a b\"}");
        try (TestWorker worker = new TestWorker(api.queue)) {
            worker.complete(worker.claim("mine"), "out/a b/720p.mp4", "out/a b/master.m3u8");
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aFileIsSentWholeAndNotTwice() throws Exception {
        HttpResponse<String> answer = api.get(MEDIA + "720p.mp4");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(DIGITS);
        assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Content-Length")).isEqualTo("10");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(api.get(MEDIA + "720p.mp4", "If-None-Match", header(answer, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(header(api.get(MEDIA + RUN + "/v-720p/s00000.m4s"), "Cache-Control"))
                .isEqualTo("private, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-3, 0123, 0-3", "bytes=4-, 456789, 4-9", "bytes=-2, 89, 8-9", "bytes=8-99, 89, 8-9"})
    void aRangeIsAPart(String range, String body, String shown) throws Exception {
        HttpResponse<String> answer = api.get(MEDIA + "720p.mp4", "Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + shown + "/10");
    }

    @Test
    void otherRangesAreRefusedOrNotLookedAt() throws Exception {
        HttpResponse<String> answer = api.get(MEDIA + "720p.mp4", "Range", "bytes=10-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */10");
        assertThat(api.get(MEDIA + "720p.mp4", "Range", "bytes=0-1,3-4").body()).isEqualTo(DIGITS);
        assertThat(api.get(MEDIA + "720p.mp4", "Range", "bytes=0-1", "If-Range", "\"older\"")
                        .body())
                .isEqualTo(DIGITS);
    }

    @Test
    void headTellsTheSize() throws Exception {
        HttpResponse<String> answer = api.send("HEAD", MEDIA + "720p.mp4", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("10");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void playlistsLeadBackHere() throws Exception {
        HttpResponse<String> master = api.get(MEDIA + "master.m3u8");
        assertThat(header(master, "Content-Type")).isEqualTo("application/x-mpegURL");
        assertThat(master.body())
                .contains("URI=\"" + RUN + "/a-128k/index.m3u8\"", "\n" + RUN + "/v-720p/index.m3u8\n")
                .doesNotContain("site.example");
        assertThat(api.get(MEDIA + RUN + "/v-720p/index.m3u8").body())
                .isEqualTo("#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\ns00000.m4s\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strangers.mp4", "r-00000000-7/s.m4s", "../../source.mp4", "%2e%2e/%2e%2e/source.mp4",
                        "..%2F..%2Fsource.mp4",
                "480p.mp4", "a//b", "r-00000000-7/../720p.mp4", "..%5c..%5csource.mp4", "%00"
            })
    void nothingElseIsThere(String path) throws Exception {
        HttpResponse<String> answer = api.get(MEDIA + path);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret", root.toString());
    }

    @Test
    void anUnknownJobOrOneThatIsNotReadyHasNoMedia() throws Exception {
        assertProblem(api.get("/api/transcode/jobs/unknown/media/master.m3u8"), 404, "job_not_found", "no such job");
        api.post("/api/transcode/submit", "{\"id\": \"waits\", \"inputKey\": \"source.mp4\"}");
        assertProblem(
                api.get("/api/transcode/jobs/waits/media/master.m3u8"), 404, "media_not_found", "has not made it");
        assertProblem(api.post(MEDIA + "720p.mp4", "{}"), 405, "method_not_allowed", "GET");
        try (TestApi guarded = TestApi.guarded(root)) {
            assertProblem(guarded.get(MEDIA + "720p.mp4"), 401, "unauthorized", "token");
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
