package dev.transcode.worker.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A worker as its users start it: {@code java -jar transcode-worker.jar}, told what to do by nothing but its
 * environment. What it logs is in {@code target/e2e/<name>.log}. Closing it kills it.
 */
final class WorkerProcess implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("transcode.worker.jar", "target/transcode-worker.jar"));
    private static final Path FOLDER = Path.of("target", "e2e").toAbsolutePath();
    private static final Path CLASSES = ClassArchive.of(JAR, FOLDER);

    /** Generous: several builds may share the machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A command line of FFmpeg or ffprobe, also while a wrapper (setsid, setpriv, prlimit) still is to become it. */
    private static final Pattern TOOL = Pattern.compile("(/usr/bin/(setsid|setpriv|prlimit) .*?)?\\S*ff(mpeg|probe) ");

    private final String name;
    private final Path log;
    /** Null if it was started without one of its own. */
    private final @Nullable String workDirectory;

    private final Process process;

    private WorkerProcess(String name, Path log, @Nullable String workDirectory, Process process) {
        this.name = name;
        this.log = log;
        this.workDirectory = workDirectory;
        this.process = process;
    }

    /** Starts one with a work folder of its own; its environment is {@code settings}, PATH and HOME, nothing else. */
    static WorkerProcess start(String name, Map<String, String> settings) {
        Path work = FOLDER.resolve(name + "-work");
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("TRANSCODE_WORK_DIR", work.toString());
        return startAsIs(name, all);
    }

    /** As {@link #start}, but with the settings as they are: the work folder is the usual one. */
    static WorkerProcess startAsIs(String name, Map<String, String> settings) {
        Path log = FOLDER.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        // Short runs: without the second compiler, and with classes read already, they start and end sooner.
        builder.environment()
                .put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:SharedArchiveFile=" + CLASSES);
        builder.environment().putAll(settings);
        try {
            Files.createDirectories(FOLDER);
            Files.deleteIfExists(log);
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new WorkerProcess(name, log, settings.get("TRANSCODE_WORK_DIR"), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it takes jobs. */
    WorkerProcess awaitReady() {
        return awaitLine("waiting for jobs");
    }

    /** Waits until it has logged a line with this text. */
    WorkerProcess awaitLine(String text) {
        await(name + " says '" + text + "'")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(name + " ended", () -> !process.isAlive() && !log().contains(text))
                .until(() -> log().contains(text));
        return this;
    }

    /** All it has logged. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of its lines hold this text. */
    long count(String text) {
        return log().lines().filter(line -> line.contains(text)).count();
    }

    Path workDirectory() {
        return Path.of(Objects.requireNonNull(workDirectory, "started without a work folder of its own"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM; does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not end: " + log());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Waits until FFmpeg encodes for it. */
    WorkerProcess awaitEncoder() {
        await(name + " encodes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast(name + " ended", () -> !process.isAlive())
                .until(this::isEncoding);
        return this;
    }

    boolean isEncoding() {
        return tools().values().stream().anyMatch(command -> command.contains(" hls "));
    }

    /** Holds its FFmpeg (SIGSTOP): it ends by being killed, or not at all. */
    void freezeEncoder() {
        for (long pid : tools().keySet()) {
            signal("STOP", pid);
        }
    }

    /**
     * The FFmpeg and ffprobe processes that work in its own folder, whoever their parent is by now: pid, command line.
     * None if it has no folder of its own: what is not known to be its own is never touched.
     */
    Map<Long, String> tools() {
        Map<Long, String> found = new HashMap<>();
        if (workDirectory == null) {
            return found;
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path entry : processes.filter(WorkerProcess::isProcess).toList()) {
                String command = commandLine(entry);
                if (TOOL.matcher(command).lookingAt() && command.contains(workDirectory + "/")) {
                    found.put(Long.parseLong(entry.getFileName().toString()), command);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isProcess(Path entry) {
        return entry.getFileName().toString().chars().allMatch(Character::isDigit);
    }

    /** Arguments joined by spaces; empty for a process that is gone, or dead and not yet buried. */
    private static String commandLine(Path entry) {
        try {
            return new String(Files.readAllBytes(entry.resolve("cmdline")), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        tools().keySet().forEach(pid -> signal("KILL", pid));
    }
}
