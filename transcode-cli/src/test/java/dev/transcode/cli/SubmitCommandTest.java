package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitCommandTest {
    private static final String CONTRACT_JOB = """
            {"id": "test_job_001",
             "input_bucket": "jettydata-prod", "input_key": "audio1/2816/test-video.mp4",
             "output_bucket": "jettydata-prod", "output_prefix": "transcoded/test_001", "comment": "kept",
             "ladder": [{"name": "720p", "height": 720, "bitrate": "4M", "audio_bitrate": "128k"}],
             "webhook_url": "https://www.audio1.tv/api/transcode-webhook"}
            """;

    @TempDir
    private Path temp;

    private final TestConnections servers = new TestConnections(Map.of("LYVE_BUCKET", "media"));

    @Test
    void theIdGoesToStandardOutputAndTheJobIntoTheQueue() {
        CommandRun run = servers.run(
                "submit",
                "--input",
                "in/film.mp4",
                "--profile",
                "mobile",
                "--preset=fast",
                "--webhook=https://x.org/h");

        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("job_\\d+_[a-z0-9]{6}\\R");
        String id = run.out().strip();
        assertThat(run.err())
                .contains("queued in transcode_jobs: s3://media/in/film.mp4 -> s3://media/transcoded/" + id)
                .contains("No worker has reported for transcode_jobs yet.")
                .contains("status " + id + " --watch");
        assertThat(servers.claim().payload().text())
                .startsWith("{\"id\":\"" + id + "\",\"input_bucket\":\"media\",\"input_key\":\"in/film.mp4\","
                        + "\"output_bucket\":\"media\",\"output_prefix\":\"transcoded/" + id
                        + "\",\"ladder\":[{\"name\":\"720p\",\"height\":720,\"bitrate\":2000000,")
                .endsWith("],\"preset\":\"fast\",\"webhook_url\":\"https://x.org/h\"}");
    }

    @Test
    void bucketsAreNamedOrThoseOfTheSettings() {
        servers.run("submit", "--id=a", "--input=s3://one/in/film.mp4");
        servers.run("submit", "--id=b", "--input=s3://one/film.mp4", "--output=s3://two/films/1/");
        new TestConnections(Map.of()).run("submit", "--input=s3://one/film.mp4");

        assertThat(servers.claim().payload().text()).contains("\"output_bucket\":\"media\"");
        assertThat(servers.claim().payload().text())
                .contains("\"input_bucket\":\"one\"", "\"output_bucket\":\"two\"", "\"output_prefix\":\"films/1\"");
    }

    @Test
    void withoutABucketItSaysWhichVariableSetsIt() {
        TestConnections none = new TestConnections(Map.of());

        CommandRun run = none.run("submit", "--input=film.mp4");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("error: cannot use --input: it names no bucket, and LYVE_BUCKET or S3_BUCKET is not set")
                .contains("hint: Write s3://BUCKET/KEY, or export LYVE_BUCKET=BUCKET.");
        assertThat(none.run("submit", "--input=s3://one/film.mp4").err()).contains("s3://one/transcoded/job_");
    }

    @Test
    void theContractsJsonIsQueuedAsItIs() throws Exception {
        Path file = Files.writeString(temp.resolve("job.json"), CONTRACT_JOB);

        assertThat(servers.run("submit", "--job", file.toString()).out()).isEqualTo("test_job_001\n");

        assertThat(servers.claim().payload().text()).isEqualTo(CONTRACT_JOB.strip());
        assertThat(servers.queue
                        .store()
                        .find(new JobId("test_job_001"))
                        .orElseThrow()
                        .fields())
                .containsEntry("source", "jettydata-prod/audio1/2816/test-video.mp4")
                .containsEntry("output", "jettydata-prod/transcoded/test_001")
                .containsEntry("webhook_url", "https://www.audio1.tv/api/transcode-webhook");
    }

    @Test
    void whatTheJsonLeavesOutIsFilledIn() {
        CommandRun run = withInput("{\"inputKey\": \"film.mp4\", \"comment\": 7}", "submit", "--job", "-");

        assertThat(run.code()).isZero();
        assertThat(servers.claim().payload().text())
                .isEqualTo("{\"inputKey\":\"film.mp4\",\"comment\":7,\"id\":\""
                        + run.out().strip() + "\",\"input_bucket\":\"media\",\"output_bucket\":\"media\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | it is not JSON",
                "[1] | it is not a JSON object",
                "{\"id\": \"a\"} | input_key is missing",
                "{\"id\": \"a b\", \"input_key\": \"x\"} | job id is not",
                "{\"input_key\": \"x\", \"ladder\": 7} | ladder is not an array of rungs",
                "{\"input_key\": \"x\", \"webhook_url\": \"ftp://x/y\"} | webhook_url",
            })
    void aJobThatAWorkerWouldRefuseIsNotQueued(String json, String reason) {
        CommandRun run = withInput(json, "submit", "--job=-", "--json");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("\"error_code\": \"invalid_job\"", reason);
        assertThat(servers.queue
                        .store()
                        .depths(List.of("transcode_jobs"))
                        .get(0)
                        .waiting())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "submit --input=a --webhook=ftp://x/y, 2, does not start with http",
        "submit --input=https://example.com/film.mp4, 2, neither s3://BUCKET/KEY nor a key",
        "submit --input=s3:///film.mp4, 2, names no bucket",
        "submit --input=s3://one, 2, key is not 1 to",
        "submit --input=a --output=../b, 2, output prefix has",
        "submit --input=a --id=.a, 2, job id is not",
        "submit --input=a --profile=none, 2, there is no profile 'none'",
        "submit --input=a --timeout=3s, 2, --timeout needs --wait",
        "submit --input=a --wait --timeout=soon, 2, 'soon' is not a time such as 30s",
        "submit --job=- --input=a, 2, --input cannot be given beside it",
        "submit --job=- --preset=fast, 2, --preset cannot be given beside it",
        "submit --job=no-such-file.json, 5, cannot read the job from no-such-file.json",
        "submit, 2, Missing required option: '--input' (or '--job')",
    })
    void aWrongCommandLineIsRefused(String command, int code, String reason) {
        CommandRun run = servers.run(command.split(" "));

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).startsWith("error: ").contains(reason).contains("hint: ");
    }

    @Test
    void anIdInProgressIsRefusedAndOneThatHasEndedRunsAgain() {
        servers.run("submit", "--id=a", "--input=film.mp4");

        CommandRun again = servers.run("submit", "--id=a", "--input=other.mp4");

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err())
                .contains("error: cannot submit job a: a job of this id is in progress (queued) [job_exists]")
                .contains("status a --watch");
        servers.finish(servers.claim(), new Outcome.Complete(List.of(), Map.of()));
        assertThat(servers.run("submit", "--id=a", "--input=other.mp4").code()).isZero();
    }

    @Test
    void aFullQueueIsSaid() {
        for (int i = 0; i < 5; i++) {
            assertThat(servers.run("submit", "--input=film.mp4").code()).isZero();
        }

        CommandRun run = servers.run("submit", "--input=film.mp4");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("queue transcode_jobs holds as many jobs as it may [queue_full]");
    }

    @Test
    void asJsonItIsTheStatus() {
        CommandRun run = servers.run("submit", "--id=a", "--input=film.mp4", "--output=films/1", "--json");

        assertThat(run.out()).isEqualTo("""
                        {
                          "id": "a",
                          "status": "queued",
                          "outputs": [],
                          "created_at": "2026-01-02T03:04:05.000Z",
                          "output": "media/films/1",
                          "queue": "transcode_jobs",
                          "sha": "f72c0b5ad28f793a4dba9c85b04056da1154490fc2887833ae6d4566e9a25a8e",
                          "source": "media/film.mp4",
                          "updated_at": "2026-01-02T03:04:05.000Z"
                        }
                        """);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void waitingEndsWithTheStatusAndTheExitCodeOfTheJob() throws Exception {
        Thread worker = worker(lease -> new Outcome.Complete(
                List.of(new JobOutput("hls", "transcoded/a/master.m3u8")), Map.of("encode_speed", "2.5")));
        CommandRun run = servers.run("submit", "--id=a", "--input=film.mp4", "--wait");
        worker.join();

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("a\na  complete\n")
                .contains("speed       encode 2.50x", "hls         transcoded/a/master.m3u8");

        worker = worker(lease ->
                new Outcome.Failed(Failure.of(FailureCode.BAD_INPUT, "cannot read film.mp4: no moov"), Map.of()));
        run = servers.run("submit", "--id=b", "--input=film.mp4", "--wait", "--json", "--timeout=20s");
        worker.join();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("{\n  \"id\": \"b\",\n  \"status\": \"failed\",")
                .contains("\"error_code\": \"bad_input\"");
    }

    @Test
    void waitingEndsWhenTheTimeIsOverAndTheJobGoesOn() {
        CommandRun run = servers.run("submit", "--id=a", "--input=film.mp4", "--wait", "--timeout=200ms");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).startsWith("a\na  queued\n");
        assertThat(run.err()).contains("Gave up waiting after 0.20 s; the job goes on.");
        assertThat(servers.claim().id()).isEqualTo(new JobId("a"));
    }

    private Thread worker(Function<Lease, Outcome> work) {
        Thread thread = new Thread(() -> {
            while (servers.queue
                            .store()
                            .depths(List.of("transcode_jobs"))
                            .get(0)
                            .waiting()
                    == 0) {
                Thread.onSpinWait();
            }
            Lease lease = servers.claim();
            servers.beat(lease, Map.of("stage", "encode", "progress", "40.0", "speed", "2.00", "eta_seconds", "7"));
            servers.finish(lease, work.apply(lease));
        });
        thread.start();
        return thread;
    }

    private CommandRun withInput(String input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return servers.run(args);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void timesAreReadInTheUsualUnits() {
        DurationConverter converter = new DurationConverter();

        assertThat(converter.convert("90")).isEqualTo(Duration.ofSeconds(90));
        assertThat(converter.convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(converter.convert("5M")).isEqualTo(Duration.ofMinutes(5));
        assertThat(converter.convert("2h")).isEqualTo(Duration.ofHours(2));
    }
}
