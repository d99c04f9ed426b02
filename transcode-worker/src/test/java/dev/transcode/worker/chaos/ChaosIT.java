package dev.transcode.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A short run with each kind of fault, in a process of its own; {@code docs/bench/chaos 10000} is the long one. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ChaosIT {
    @Test
    void nothingIsLostAndNothingPublishedTwice() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "chaos").toAbsolutePath());
        Path output = folder.resolve("it.log");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dtranscode.log=text",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChaosRun.class.getName(),
                        "200",
                        "--lease",
                        "1000",
                        "--folder",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(run.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            run.destroy(); // Its shutdown hooks kill what it started.
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(run.exitValue()).as(String.join("\n", lines)).isZero();
        for (String fault : List.of("kill -9", "SIGSTOP past the lease", "kill -9 of Redis", "died of poison")) {
            assertThat(lines).anyMatch(line -> line.startsWith("  fault " + fault + ": "));
        }
    }
}
