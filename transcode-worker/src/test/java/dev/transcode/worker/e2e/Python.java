package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the scripts beside this class with a Python that has the redis package. */
final class Python {
    private Python() {}

    /** Starts one; its stdout is the process's, its stderr ours. Skips the test where there is no such Python. */
    static Process start(String script, Map<String, String> environment, String... arguments) {
        Optional<String> python = find();
        if ("required".equals(System.getenv("TRANSCODE_IT"))) {
            assertThat(python)
                    .as("a Python 3 with redis: apt-get install python3-redis")
                    .isPresent();
        }
        assumeTrue(python.isPresent(), "no Python 3 with redis: apt-get install python3-redis");
        List<String> command =
                new ArrayList<>(List.of(python.orElseThrow(), path(script).toString()));
        command.addAll(List.of(arguments));
        return start(command, environment);
    }

    private static Optional<String> find() {
        return List.of("python3", "/usr/bin/python3").stream()
                .filter(Python::hasRedis)
                .findFirst();
    }

    private static boolean hasRedis(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import redis")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path path(String script) {
        try {
            return Path.of(Python.class.getResource(script).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
