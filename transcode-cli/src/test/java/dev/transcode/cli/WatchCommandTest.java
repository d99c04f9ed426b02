package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchCommandTest {
    private final TestConnections servers = new TestConnections(Map.of("LYVE_BUCKET", "media"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<Thread> command = Optional.empty();

    @AfterEach
    void interrupt() throws InterruptedException {
        if (command.isPresent()) {
            command.get().interrupt();
            command.get().join(10_000);
            assertThat(command.get().isAlive()).isFalse();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aLineForEachStageAndEachTenthOfEveryJob() {
        servers.run("submit", "--id=a", "--input=film.mp4");
        Lease lease = servers.claim();
        servers.beat(lease, Map.of("stage", "encode", "progress", "10.0", "speed", "2.00"));

        watch();
        printed("Z  a  10.0 %  encode   2.00x");
        servers.beat(lease, Map.of("progress", "20.5"));
        printed("Z  a  20.5 %  encode   2.00x");
        servers.beat(lease, Map.of("progress", "21.0"));
        servers.finish(lease, new Outcome.Failed(Failure.of(FailureCode.BAD_INPUT, "no moov"), Map.of()));
        printed("Z  a  failed: no moov");

        assertThat(out.toString().lines()).hasSize(3);
    }

    @Test
    void asJsonEachChangeIsAWholeStatusOnALine() {
        watch("--json");
        servers.run("submit", "--id=a", "--input=film.mp4");
        Lease lease = servers.claim();
        printed("\"status\":\"processing\"");
        servers.finish(lease, new Outcome.Complete(List.of(), Map.of()));
        printed("\"status\":\"complete\"");

        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{\"id\":\"a\",\"status\":\""));
    }

    @Test
    void theScreenIsCutToTheTerminal() {
        Console console = Console.of(Main.commandLine(servers).setErr(new PrintWriter(err)));
        WatchScreen screen = new WatchScreen(console, List::of);
        JobStatus encoding = JobStatus.of(
                new JobId("job_1732305600_ab12cd"),
                Map.of(
                        "status",
                        "processing",
                        "stage",
                        "encode",
                        "progress",
                        "50",
                        "attempt",
                        "1",
                        "speed",
                        "2.5",
                        "eta_seconds",
                        "75",
                        "source",
                        "media/a/very/long/path/to/the/film.mp4"));
        JobStatus fetching =
                JobStatus.of(new JobId("b"), Map.of("status", "processing", "stage", "fetch", "attempt", "2"));
        screen.changed(JobStatus.of(new JobId("gone"), Map.of("status", "complete")));
        List<JobStatus> running = List.of(encoding, fetching);

        assertThat(screen.lines(running, new TerminalSize(24, 112)))
                .startsWith(
                        "job                    stage                             done  speed   ETA  attempt  source",
                        "job_1732305600_ab12cd  encode  [==========          ]  50.0 %  2.50x  1:15        1  media/a/very/long"
                                + "/path/to…",
                        "b                      fetch   [                    ]   0.0 %                     2",
                        "")
                .last()
                .asString()
                .endsWith("Z  gone  complete");
        assertThat(screen.lines(running, new TerminalSize(24, 80)))
                .contains("job_1732305600_ab12cd  encode  [=====     ]  50.0 %  2.50x  1:15        1  med…");
        assertThat(screen.lines(running, new TerminalSize(24, 40))).allMatch(line -> line.length() < 40);
    }

    private void watch(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "watch";
        System.arraycopy(options, 0, args, 1, options.length);
        Thread thread =
                new Thread(() -> Main.run(servers, new PrintWriter(out, true), new PrintWriter(err, true), args));
        thread.start();
        command = Optional.of(thread);
    }

    private void printed(String text) {
        await().atMost(Duration.ofSeconds(10)).until(() -> out.toString().contains(text));
    }
}
