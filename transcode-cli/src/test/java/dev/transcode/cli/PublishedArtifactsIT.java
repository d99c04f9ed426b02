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
 * repository of their own, in front of the usual one.
 */
class PublishedArtifactsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0-SNAPSHOT";

    @TempDir
    private Path folder;

    @Test
    void aProjectImportsTheParentDependsOnTheWorkerAndPassesTheContract() throws Exception {
        publish(ROOT, "transcode-parent");
        for (String module :
                List.of("transcode-core", "transcode-queue-redis", "transcode-storage-s3", "transcode-worker")) {
            publish(ROOT.resolve(module), module);
        }
        Path project = copy(ROOT.resolve("docs/examples/embedding"), folder.resolve("project"));
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "-Dmaven.repo.local=" + repository(),
                        "-Dmaven.repo.local.tail=" + usualRepository(),
                        "test")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        Process maven = builder.start();
        boolean ended = maven.waitFor(5, TimeUnit.MINUTES);
        maven.destroyForcibly();

        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(maven.exitValue()).as(Files.readString(said)).isZero();
        assertThat(Files.readString(said)).containsPattern("Tests run: [1-9]\\d+, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(project.resolve("target/classes/example/Serve.class")).exists();
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
