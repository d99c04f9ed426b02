package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StatusCommandTest {
    private static final List<JobOutput> OUTPUTS =
            List.of(new JobOutput("720p", "films/a b/720p.mp4"), new JobOutput("hls", "films/a b/master.m3u8"));
    private static final Map<String, String> FACTS = Map.ofEntries(
            Map.entry("input_bytes", "12345678"),
            Map.entry("output_bytes", "23456789"),
            Map.entry("duration_seconds", "83.5"),
            Map.entry("download_mb_per_second", "31.2"),
            Map.entry("upload_mb_per_second", "22.04"),
            Map.entry("encode_speed", "3.41"),
            Map.entry("cpu_seconds", "45.25"),
            Map.entry("peak_memory_bytes", "512000000"),
            Map.entry("report", "films/a b/r-1/report.json"),
            Map.entry("findings", "[{\"code\": \"rotated\", \"message\": \"turned by 90 degrees\"}]"));

    private final TestConnections servers = new TestConnections(
            Map.of("LYVE_BUCKET", "media", "TRANSCODE_PUBLIC_BASE_URL", "https://example.com/stream"));

    @Test
    void aCompleteJobTellsEverything() {
        submit();
        servers.finish(servers.claim(), new Outcome.Complete(OUTPUTS, FACTS));

        CommandRun run = servers.run("status", "a");

        assertThat(run.code()).isZero();
        assertThat(run.out().replaceAll(", \\d+ d ago", ", N d ago")).isEqualTo("""
                        a  complete
                          source      media/in/film.mp4, 12.3 MB, 1:24
                          output      media/films/a b, 23.5 MB
                          queue       transcode_jobs
                          worker      worker-1
                          attempt     1
                          created     2026-01-02 03:04:05Z, N d ago
                          started     2026-01-02 03:04:05Z, waited 0.00 s
                          finished    2026-01-02 03:04:05Z, took 0.00 s
                          speed       download 31.2 MB/s, encode 3.41x, upload 22.0 MB/s
                          cost        CPU 45.3 s, peak memory 512.0 MB
                          finding     rotated: turned by 90 degrees
                          720p        https://example.com/stream/films/a%20b/720p.mp4
                          hls         https://example.com/stream/films/a%20b/master.m3u8
                        """);
    }

    @Test
    void jsonHasEveryFieldWithItsType() {
        submit();
        Lease lease = servers.claim();
        servers.finish(lease, new Outcome.Complete(OUTPUTS, FACTS));

        CommandRun run = servers.run("status", "a", "--json");

        assertThat(run.out())
                .isEqualTo("""
                        {
                          "id": "a",
                          "status": "complete",
                          "outputs": [
                            {
                              "profile": "720p",
                              "key": "films/a b/720p.mp4",
                              "url": "https://example.com/stream/films/a%%20b/720p.mp4"
                            },
                            {
                              "profile": "hls",
                              "key": "films/a b/master.m3u8",
                              "url": "https://example.com/stream/films/a%%20b/master.m3u8"
                            }
                          ],
                          "attempt": 1,
                          "cpu_seconds": 45.25,
                          "created_at": "2026-01-02T03:04:05.000Z",
                          "download_mb_per_second": 31.2,
                          "duration_seconds": 83.5,
                          "encode_speed": 3.41,
                          "fence": %1$d,
                          "findings": [
                            {
                              "code": "rotated",
                              "message": "turned by 90 degrees"
                            }
                          ],
                          "finished_at": "2026-01-02T03:04:05.000Z",
                          "generation": %1$d,
                          "input_bytes": 12345678,
                          "output": "media/films/a b",
                          "output_bytes": 23456789,
                          "peak_memory_bytes": 512000000,
                          "progress": 100.0,
                          "queue": "transcode_jobs",
                          "report": "films/a b/r-1/report.json",
                          "sha": "%2$s",
                          "source": "media/in/film.mp4",
                          "started_at": "2026-01-02T03:04:05.000Z",
                          "updated_at": "2026-01-02T03:04:05.000Z",
                          "upload_mb_per_second": 22.04,
                          "worker": "worker-1"
                        }
                        """.formatted(lease.fence(), lease.payload().sha256()));
    }

    @Test
    void aRunningJobTellsHowFarItIs() {
        submit();
        servers.beat(
                servers.claim(), Map.of("stage", "encode", "progress", "41.5", "speed", "2.10", "eta_seconds", "61"));

        CommandRun run = servers.run("status", "a");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("a  processing  41.5 %  encode   2.10x  ETA 1:01\n")
                .contains("last sign");
        servers.run("cancel", "a");
        assertThat(servers.run("status", "a").out()).startsWith("a  cancelling  41.5 %");
        assertThat(servers.run("status", "a", "--json").out()).contains("\"cancel\": true", "\"progress\": 41.5");
    }

    @Test
    void aFailedJobTellsWhyAndEndsWithOne() {
        submit();
        servers.finish(
                servers.claim(),
                new Outcome.Failed(
                        Failure.of(FailureCode.TRUNCATED_INPUT, "cannot read film.mp4: it ends early"), Map.of()));

        CommandRun run = servers.run("status", "a");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("a  failed\n")
                .contains("  error       cannot read film.mp4: it ends early [truncated_input]\n")
                .contains("  hint        " + FailureCode.TRUNCATED_INPUT.hint() + "\n");
        assertThat(servers.run("status", "a", "--json").code()).isEqualTo(1);
    }

    @Test
    void aJobThatWaitsForItsNextAttemptTellsWhenAndWhy() {
        submit();
        servers.finish(
                servers.claim(),
                new Outcome.Retry(Failure.of(FailureCode.SLOW_DOWN, "cannot put x"), Duration.ofSeconds(20), Map.of()));

        CommandRun run = servers.run("status", "a");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("a  retrying\n")
                .contains("  next try    2026-01-02 03:04:25Z\n", "  last error  cannot put x [slow_down]\n");
    }

    @Test
    void anUnknownJobEndsWithFiveAndOneThatWasOnlyPushedAsWell() {
        servers.queue.push("transcode_jobs", Payload.of("{\"id\": \"pushed\", \"input_key\": \"x\"}"));

        CommandRun run = servers.run("status", "pushed");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .contains("error: cannot show job pushed: no such job is known [job_not_found]")
                .contains("A job that was only LPUSHed is known once a worker has taken it");
        assertThat(servers.run("status", "pushed", "--watch").code()).isEqualTo(5);
        assertThat(servers.run("status", "pushed", "--json").out()).contains("\"error_code\": \"job_not_found\"");
        assertThat(servers.run("status", "../x").code()).isEqualTo(2);
    }

    @Test
    void whatOthersWroteCannotSteerTheTerminal() {
        servers.queue.push(
                "transcode_jobs",
                Payload.of("{\"id\": \"a\", \"input_bucket\": \"b\", \"input_key\": \"x\\u001b[2Jy\"}"));
        Lease lease = servers.claim();
        servers.beat(lease, Map.of("source", "b/x\u001b[2Jy\u009b2J", "stage", "fetch"));

        assertThat(servers.run("status", "a").out()).contains("b/x?[2Jy?2J").doesNotContain("\u001b");
        assertThat(servers.run("list").out()).contains("b/x?[2Jy?2J").doesNotContain("\u001b");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void watchingPrintsALineForEachStageAndEndsWithTheJob() throws Exception {
        submit();
        Lease lease = servers.claim();
        servers.beat(lease, Map.of("stage", "fetch", "progress", "1.0"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Thread worker = new Thread(() -> {
            until(err, "fetch");
            servers.beat(lease, Map.of("stage", "encode", "progress", "50.0", "speed", "2.00"));
            until(err, "encode");
            servers.finish(lease, new Outcome.Cancelled(Map.of()));
        });
        worker.start();

        int code = Main.run(servers, new PrintWriter(out, true), new PrintWriter(err, true), "status", "a", "--watch");
        worker.join();

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("  1.0 %  fetch\n 50.0 %  encode   2.00x\n");
        assertThat(out.toString()).startsWith("a  cancelled\n");
    }

    private static void until(StringWriter printed, String text) {
        while (!printed.toString().contains(text)) {
            Thread.onSpinWait();
        }
    }

    private void submit() {
        assertThat(servers.run("submit", "--id=a", "--input=in/film.mp4", "--output=films/a b")
                        .code())
                .isZero();
    }
}
