package dev.transcode.cli.serve.api;

import static dev.transcode.cli.serve.api.ContractCallsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.transcode.ffmpeg.FfmpegInstallation;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probe and plan over HTTP, with a real FFmpeg. */
class ProbeIT {
    private static final String PROBE = "/api/transcode/probe";
    private static final String PLAN = "/api/transcode/plan";
    private static final String FILM = "{\"inputKey\": \"in/film.mp4\"}";

    @TempDir
    private static Path root;

    private TestApi api;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Files.createDirectories(root.resolve(TestApi.BUCKET + "/in"));
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(System.getenv());
        ProcessBuilder make = new ProcessBuilder(
                        ffmpeg.ffmpeg().toString(),
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=640x360:rate=25:duration=2",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        folder.resolve("film.mp4").toString())
                .inheritIO();
        make.environment().putAll(ffmpeg.environment());
        assertThat(make.start().waitFor()).isZero();
        Files.writeString(folder.resolve("text.mp4"), "this is no film");
        Files.write(folder.resolve("large.mp4"), new byte[(1 << 20) + 1]);
    }

    /** A server for each test: ten probes at once are all that one of them allows a caller. */
    @BeforeEach
    void open() throws Exception {
        api = TestApi.open(root);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aProbeTellsWhatIsInAnObject() throws Exception {
        HttpResponse<String> answer = api.post(PROBE, FILM);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject json = TestApi.json(answer);
        assertThat(json.get("inputBucket").getAsString()).isEqualTo(TestApi.BUCKET);
        assertThat(json.getAsJsonObject("media").toString()).contains("h264", "640", "360");
        assertThat(json.getAsJsonArray("findings")).isNotNull();
        assertThat(answer.body()).doesNotContain(root.toString());
    }

    @Test
    void aPlanTellsWhatWouldBeMade() throws Exception {
        HttpResponse<String> answer = api.post(PLAN, "{\"inputKey\": \"in/film.mp4\", \"profile\": \"mobile\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject plan = TestApi.json(answer).getAsJsonObject("plan");
        assertThat(plan.getAsJsonArray("command").get(0).getAsString()).isEqualTo("ffmpeg");
        assertThat(plan.get("renditions").toString())
                .contains("\"360p\"", "\"240p\"")
                .doesNotContain("\"480p\"");
        assertThat(answer.body()).doesNotContain(root.toString());
        assertThat(TestApi.json(api.get("/api/transcode/jobs")).getAsJsonArray("jobs"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PROBE, PLAN})
    void whatCannotBeLookedAtIsRefused(String path) throws Exception {
        assertProblem(api.post(path, "{\"inputKey\": \"no/such.mp4\"}"), 404, "input_not_found", "films/no/such.mp4");
        assertProblem(api.post(path, "{\"inputKey\": \"in/large.mp4\"}"), 413, "source_too_large", "1048576 bytes");
        HttpResponse<String> text = api.post(path, "{\"inputKey\": \"in/text.mp4\"}");
        assertThat(text.statusCode()).as(text.body()).isEqualTo(422);
        assertThat(text.body()).doesNotContain(root.toString());
        assertProblem(api.post(path, "{}"), 400, "invalid_job", "input_key is missing");
        assertProblem(
                api.post(path, "{\"inputKey\": \"a\", \"inputBucket\": \"none\"}"), 404, "no_such_bucket", "none");
        assertProblem(api.get(path), 405, "method_not_allowed", "POST");
        assertProblem(api.send("POST", path, FILM), 415, "unsupported_media_type", "application/json");
    }

    @Test
    void whatTakesTooLongIsRefused() throws Exception {
        try (TestApi hurried = TestApi.with(root, builder -> builder.probeTime(Duration.ofMillis(1)))) {
            assertProblem(hurried.post(PROBE, FILM), 413, "source_too_large", "takes longer than");
        }
    }
}
