package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.queue.redis.testing.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/embedding.md: compiled without a warning, and run. */
class EmbeddingExamplesIT {
    private static final Path PROJECT = Path.of("../docs/examples/embedding");
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    private Path folder;

    @BeforeEach
    void compileAndMakeAFilm() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                CLASS_PATH,
                "-d",
                classes().toString()));
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int errors = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(errors).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(arguments).filteredOn(argument -> argument.endsWith(".java")).hasSize(4);

        Files.createDirectories(folder.resolve("media/site"));
        Films.small(Files.createDirectories(folder.resolve("media/uploads")).resolve("film.mp4"), 2);
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    @Test
    void oneJobRunsInTheProgram() throws Exception {
        assertThat(end(start("OneJob", media()), "OneJob"))
                .contains("ENCODE", "hls films/1/master.m3u8", "source_below_ladder");
        assertThat(folder.resolve("media/site/films/1/master.m3u8")).exists();
    }

    @Test
    void whatOneProgramSubmitsTheOtherServes() throws Exception {
        try (TestRedis redis = TestRedis.open()) {
            Process worker = start("Serve", redis.uri(), media());
            try {
                assertThat(end(start("Submit", redis.uri()), "Submit"))
                        .contains("QUEUED film-1", "COMPLETE", "films/1/master.m3u8");
                assertThat(end(start("Submit", redis.uri()), "Submit")).contains("REPLAY film-1", "COMPLETE");
                assertThat(folder.resolve("media/site/films/1/master.m3u8")).exists();
                worker.getOutputStream().close();
                assertThat(end(worker, "Serve")).contains("Stopped");
            } finally {
                worker.destroyForcibly();
            }
        }
    }

    private String media() {
        return folder.resolve("media").toString();
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                PROJECT.resolve("src/main/resources") + ":" + classes() + ":" + CLASS_PATH,
                "example." + program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".txt").toFile());
        builder.environment().put("TRANSCODE_WORK_DIR", folder.resolve("work").toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Waits for its end, which must be good, and gives what it has said. */
    private String end(Process process, String program) throws Exception {
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(folder.resolve(program + ".txt"));
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
