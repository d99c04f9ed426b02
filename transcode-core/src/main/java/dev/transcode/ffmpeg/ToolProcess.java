package dev.transcode.ffmpeg;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program: an argument list, never a shell; nothing on stdin; nothing in the environment but what is given;
 * both streams drained all the time. When {@link #run} returns or throws, no process of it is left.
 *
 * <p>Set up and run by one thread; the consumers are called on the streams' own threads, one each.
 */
final class ToolProcess {
    private static final int STDERR_LINES = 200;
    private static final int STDERR_LINE_BYTES = 2_048;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 100;

    private final List<String> command;
    private final String program;
    private final LineRing stderrRing = new LineRing(STDERR_LINES);
    private final List<Watchdog> watchdogs = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private @Nullable Path directory;
    private StreamPump.Reader stdout = in -> {};
    private Consumer<String> stderr = line -> {};
    private OptionalLong maxFileBytes = OptionalLong.empty();
    private ToolLauncher launcher = ToolLauncher.get();

    /** @param command the program's path and its arguments */
    ToolProcess(List<String> command) {
        this.command = List.copyOf(command);
        this.program = String.valueOf(Path.of(command.get(0)).getFileName());
    }

    /** The program's whole environment; by default it has none. */
    ToolProcess environment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        return this;
    }

    /** Where it runs; by default where this JVM does. */
    ToolProcess directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /** Who reads its stdout; by default it is thrown away. A reader that throws ends the run with what it threw. */
    ToolProcess stdout(StreamPump.Reader reader) {
        this.stdout = reader;
        return this;
    }

    /**
     * Who hears each line of its stdout.
     *
     * @param maxLineBytes what a line has beyond is cut off
     */
    ToolProcess stdoutLines(int maxLineBytes, Consumer<String> lines) {
        return stdout(in -> new LineReader(maxLineBytes, lines).readAll(in));
    }

    /** Who hears each line of its stderr, cut to 2 kB, beside the ring that keeps the last ones. */
    ToolProcess stderrLines(Consumer<String> lines) {
        this.stderr = lines;
        return this;
    }

    /**
     * No file it writes may grow longer; it is killed by SIGXFSZ ({@link ToolExit#FILE_SIZE}) if one does. Without
     * effect where {@code prlimit} is missing.
     */
    ToolProcess maxFileBytes(long bytes) {
        this.maxFileBytes = OptionalLong.of(bytes);
        return this;
    }

    /** Who may stop it while it runs; several are asked in turn. */
    ToolProcess watchdog(Watchdog watchdog) {
        watchdogs.add(watchdog);
        return this;
    }

    /**
     * Stops it with {@code failure} when it has run for {@code limit}.
     *
     * @param nanoTime {@code System::nanoTime}, or a test's own
     */
    ToolProcess wallTime(Duration limit, Failure failure, LongSupplier nanoTime) {
        long start = nanoTime.getAsLong();
        return watchdog(() -> nanoTime.getAsLong() - start < limit.toNanos() ? Optional.empty() : Optional.of(failure));
    }

    /** Starts it another way than this machine's best. */
    ToolProcess launcher(ToolLauncher launcher) {
        this.launcher = launcher;
        return this;
    }

    /**
     * Runs it to its end.
     *
     * @return how it ended, well or not: judging that is the caller's
     * @throws TranscodeException with the cancellation's reason or a watchdog's failure, once all its processes are
     *     gone (within 5 s); {@code ffmpeg_missing} if there is no such program, {@code io_error} if it cannot be
     *     started
     * @throws RuntimeException whatever a consumer threw
     */
    ToolExit run(Cancellation cancellation) {
        cancellation.throwIfCancelled();
        long start = System.nanoTime();
        Process process = start();
        ProcessFamily family = new ProcessFamily(process, launcher.makesSessions());
        StreamPump out = StreamPump.start(program + "-stdout", process.getInputStream(), stdout);
        LineReader errorLines = new LineReader(STDERR_LINE_BYTES, this::onStderr);
        StreamPump error = StreamPump.start(program + "-stderr", process.getErrorStream(), errorLines::readAll);
        boolean ended = false;
        try {
            await(process, cancellation, out, error);
            ended = true;
            family.killOrphans(GRACE);
            out.join(GRACE);
            error.join(GRACE);
            throwIfFailed(out, error);
            return new ToolExit(process.exitValue(), stderrRing.lines(), Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TranscodeException(FailureCode.CANCELLED, "stopped " + program + ": interrupted", e);
        } finally {
            if (!ended) {
                family.stop(GRACE);
            }
        }
    }

    private void onStderr(String line) {
        stderrRing.add(line);
        stderr.accept(line);
    }

    private Process start() {
        Path path = Path.of(command.get(0));
        // Wrapped by setpriv a missing program would look like one that exits 127.
        if (path.isAbsolute() && !Files.isExecutable(path)) {
            throw new TranscodeException(
                    FailureCode.FFMPEG_MISSING, "cannot start " + path + ": there is no such program");
        }
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        try {
            return launcher.start(builder, maxFileBytes);
        } catch (IOException e) {
            throw new TranscodeException(FailureCode.IO_ERROR, "cannot start " + program + ": " + e.getMessage(), e);
        }
    }

    private void await(Process process, Cancellation cancellation, StreamPump out, StreamPump error)
            throws InterruptedException {
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            cancellation.throwIfCancelled();
            throwIfFailed(out, error);
            for (Watchdog watchdog : watchdogs) {
                Optional<Failure> failure = watchdog.check();
                if (failure.isPresent()) {
                    throw new TranscodeException(withLastWords(failure.get()));
                }
            }
        }
    }

    private static void throwIfFailed(StreamPump... pumps) {
        for (StreamPump pump : pumps) {
            RuntimeException failure = pump.failure();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private Failure withLastWords(Failure failure) {
        List<String> lines = stderrRing.lines();
        if (lines.isEmpty()) {
            return failure;
        }
        return new Failure(failure.code(), failure.message() + ": " + lines.get(lines.size() - 1), failure.hint());
    }
}
