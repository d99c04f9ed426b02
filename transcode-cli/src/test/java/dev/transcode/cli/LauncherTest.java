package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the {@code transcode} script of a checkout builds, with a Maven and a JDK that only note that they ran. */
class LauncherTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        Files.copy(Path.of("../transcode"), checkout.resolve("transcode"));
        write("pom.xml", "");
        write("transcode-cli/pom.xml", "");
        write("transcode-core/pom.xml", "");
        write("transcode-core/src/main/java/A.java", "");
        write("transcode-cli/src/main/java/B.java", "");
        write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
        program("jdk/bin/javac", "");
        program("jdk/bin/java", "for last; do :; done; echo \"ran $last\"");
        maven("mkdir -p transcode-cli/target; [ -f transcode-cli/target/transcode-cli.jar ] ||"
                + " : >transcode-cli/target/transcode-cli.jar");
        makeOld();
    }

    @Test
    void buildsOnceAndThenOnlyRuns() throws Exception {
        assertThat(transcode("plan")).contains("building (first use", "ran plan");
        assertThat(transcode("run")).isEqualTo("ran run\n");
        assertThat(builds()).isOne();
    }

    @Test
    void buildsOnceForAChangeThatLeavesTheJarAsItWas() throws Exception {
        transcode("plan");
        makeOld();
        write("transcode-core/pom.xml", "a comment");

        assertThat(transcode("plan")).contains("sources have changed, building", "ran plan");
        assertThat(transcode("plan")).isEqualTo("ran plan\n");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsAgainForAChangeDuringTheBuild() throws Exception {
        maven("sleep 0.05; : >transcode-core/src/main/java/A.java; mkdir -p transcode-cli/target;"
                + " : >transcode-cli/target/transcode-cli.jar");

        transcode("plan");

        assertThat(transcode("plan")).contains("sources have changed, building");
    }

    @Test
    void saysWhyTheBuildFailedAndRunsNothing() throws Exception {
        maven("echo '[ERROR] A.java: no such symbol'; exit 1");

        assertThat(transcode("plan"))
                .contains("A.java: no such symbol", "the build failed", "transcode-build.log")
                .doesNotContain("ran plan");
    }

    /** What it wrote to both streams. */
    private String transcode(String argument) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", checkout.resolve("transcode").toString(), argument);
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private int builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds")).size();
    }

    private void maven(String script) throws IOException {
        program("mvnw", "echo \"$*\" >>builds; " + script);
    }

    private void program(String name, String script) throws IOException {
        write(name, "#!/bin/sh\n" + script + "\n");
        assertThat(checkout.resolve(name).toFile().setExecutable(true)).isTrue();
    }

    private void write(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void makeOld() throws IOException {
        List<Path> all;
        try (var tree = Files.walk(checkout)) {
            all = tree.toList();
        }
        for (Path path : all) {
            Files.setLastModifiedTime(path, LONG_AGO);
        }
    }
}
