package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project of docs/embedding.md, built by Maven of what this build would publish: POMs, jars and contract tests in a
 * repository of their own, in front of the usual one; and a program of it, run as the guide says.
 */
class PublishedArtifactsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0-SNAPSHOT";

    @TempDir
    private Path folder;

    @Test
    void aProjectImportsTheParentDependsOnTheWorkerPassesTheContractAndRuns() throws Exception {
        publish(ROOT, "transcode-parent");
        for (String module :
                List.of("transcode-core", "transcode-queue-redis", "transcode-storage-s3", "transcode-worker")) {
            publish(ROOT.resolve(module), module);
        }
        Path project = copy(ROOT.resolve("docs/examples/embedding"), folder.resolve("project"));

        String built = run(List.of(
                ROOT.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + repository(),
                "-Dmaven.repo.local.tail=" + usualRepository(),
                "package"));

        assertThat(built).containsPattern("Tests run: [1-9]\\d+, Failures: 0, Errors: 0, Skipped: 0");

        Films.requireFfmpeg("bundled"); // as on a machine that has none: the project brings it
        Path media = folder.resolve("media");
        Files.createDirectories(media.resolve("site"));
        Films.small(Files.createDirectories(media.resolve("uploads")).resolve("film.mp4"), 2);
        String program = run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                project.resolve("target/classes") + ":" + project.resolve("target/lib") + "/*",
                "example.OneJob",
                media.toString()));

        assertThat(program).contains("hls films/1/master.m3u8");
        assertThat(media.resolve("site/films/1/master.m3u8")).exists();
    }

    /** Its output; it must end well. */
    private String run(List<String> command) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("TRANSCODE_FFMPEG", "bundled");
        builder.environment().put("TRANSCODE_WORK_DIR", folder.resolve("work").toString());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    private static String usualRepository() {
        String usual =
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString();
        return System.getProperty("localRepository", System.getProperty("maven.repo.local", usual));
    }

    private void publish(Path module, String artifact) throws IOException {
        Path target = Files.createDirectories(
                repository().resolve("dev/transcode").resolve(artifact).resolve(VERSION));
        Files.copy(module.resolve(".flattened-pom.xml"), target.resolve(artifact + "-" + VERSION + ".pom"));
        for (String jar : List.of(artifact + "-" + VERSION + ".jar", artifact + "-" + VERSION + "-tests.jar")) {
            Path built = module.resolve("target").resolve(jar);
            if (Files.exists(built)) {
                Files.copy(built, target.resolve(jar));
            }
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return to;
    }
}
