package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.job.Cancellation;
import dev.transcode.job.TranscodeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes seconds by its nature. */
@Timeout(60)
class ToolProcessIT {
    @Test
    void aProgramThatIgnoresTermIsGoneWithinFiveSeconds() {
        Cancellation cancellation = new Cancellation();
        List<Long> pids = new ArrayList<>();
        ToolProcess process = new ToolProcess(List.of(
                        "/bin/sh",
                        "-c",
                        "trap '' TERM; (trap '' TERM; sleep 60) & echo $$; echo $!; while :; do sleep 1; done"))
                .environment(Map.of("PATH", "/usr/bin:/bin"))
                .stdoutLines(100, line -> {
                    pids.add(Long.parseLong(line));
                    if (pids.size() == 2) {
                        cancellation.cancel();
                    }
                });
        long start = System.nanoTime();

        assertThatThrownBy(() -> process.run(cancellation)).isInstanceOf(TranscodeException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        assertThat(pids).hasSize(2).noneMatch(ToolProcessIT::isAlive);
    }

    /** The JVM under test is started as a program of its own and killed with its ffmpeg running. */
    @Test
    void killingTheJvmLeavesNoFfmpeg() throws IOException, InterruptedException {
        assumeThat(ToolLauncher.get().makesSessions()).as("util-linux is there").isTrue();
        FfmpegInstallation installation = Installations.all().findFirst().orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Encode.class.getName(),
                        installation.ffmpeg().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(installation.environment());
        Process jvm = builder.start();
        long ffmpeg;
        try (BufferedReader out = jvm.inputReader()) {
            ffmpeg = Long.parseLong(out.readLine());
            assertThat(isAlive(ffmpeg)).isTrue();
            jvm.destroyForcibly();
            assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> !isAlive(ffmpeg));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessFamily::isRunning).orElse(false);
    }

    /** Encodes for ever; prints the pid of its ffmpeg. */
    static final class Encode {
        public static void main(String[] args) {
            new Thread(() -> new ToolProcess(List.of(
                                    "/bin/sh",
                                    "-c",
                                    "echo $$; exec " + args[0] + " -v error -re -f lavfi -i testsrc2 -f null -"))
                            .environment(System.getenv())
                            .stdoutLines(100, System.out::println)
                            .run(new Cancellation()))
                    .start();
        }
    }
}
