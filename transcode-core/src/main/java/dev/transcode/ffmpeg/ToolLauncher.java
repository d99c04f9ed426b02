package dev.transcode.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts programs through util-linux's {@code setsid}, {@code setpriv} and {@code prlimit}, as far as they are there:
 * in a session of their own (so that all its processes can be found again), killed by the kernel when this JVM dies,
 * without a way to new privileges. Each wrapper replaces itself by the next (exec), so pid, signals and exit code are
 * the program's own. Thread-safe.
 *
 * <p>Where the wrappers are missing (macOS) a program outlives a killed JVM.
 */
final class ToolLauncher {
    // Full paths: a caller's PATH need not hold them, and must not replace them.
    private static final List<String> SESSION = List.of("/usr/bin/setsid");
    private static final List<String> DIE_WITH_PARENT =
            List.of("/usr/bin/setpriv", "--pdeathsig", "KILL", "--no-new-privs");
    private static final String PRLIMIT = "/usr/bin/prlimit";
    private static final List<String> FILE_SIZE = List.of(PRLIMIT, "--fsize=1073741824");

    /** The parent-death signal fires when the *thread* that started the child ends (prctl(2)): this one never does. */
    private static final ExecutorService STARTER = Executors.newFixedThreadPool(1, task -> {
        Thread thread = new Thread(task, "transcode-starter");
        thread.setDaemon(true);
        return thread;
    });

    private final List<String> session;
    private final List<String> dieWithParent;
    private final boolean limitsFileSize;

    private ToolLauncher(List<String> session, List<String> dieWithParent, boolean limitsFileSize) {
        this.session = session;
        this.dieWithParent = dieWithParent;
        this.limitsFileSize = limitsFileSize;
    }

    /** The launcher of this machine; its wrappers are tried once. */
    static ToolLauncher get() {
        return Holder.INSTANCE;
    }

    /** Starts programs as they are. */
    static ToolLauncher plain() {
        return new ToolLauncher(List.of(), List.of(), false);
    }

    /** Whether a program's processes share a session whose id is the program's pid. */
    boolean makesSessions() {
        return !session.isEmpty();
    }

    /**
     * Starts {@code builder}'s command wrapped; the builder's command is replaced.
     *
     * @throws IOException if it cannot be started
     */
    Process start(ProcessBuilder builder, OptionalLong maxFileBytes) throws IOException {
        builder.command(wrap(builder.command(), maxFileBytes));
        File devNull = new File("/dev/null");
        boolean hasDevNull = devNull.exists();
        if (hasDevNull) {
            builder.redirectInput(devNull);
        }
        Process process = startOnStarter(builder);
        if (!hasDevNull) {
            process.getOutputStream().close();
        }
        return process;
    }

    /** The argument list that is really started. */
    List<String> wrap(List<String> command, OptionalLong maxFileBytes) {
        List<String> wrapped = new ArrayList<>(session);
        wrapped.addAll(dieWithParent);
        if (limitsFileSize && maxFileBytes.isPresent()) {
            wrapped.addAll(List.of(PRLIMIT, "--fsize=" + maxFileBytes.getAsLong()));
        }
        wrapped.addAll(command);
        return wrapped;
    }

    private static Process startOnStarter(ProcessBuilder builder) throws IOException {
        try {
            return STARTER.submit(builder::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("cannot start " + builder.command().get(0) + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while starting " + builder.command().get(0));
        }
    }

    private static final class Holder {
        private static final ToolLauncher INSTANCE = detect();

        private static ToolLauncher detect() {
            if (!Files.isDirectory(Path.of("/proc/self"))) {
                return plain();
            }
            List<String> all = new ArrayList<>(SESSION);
            all.addAll(DIE_WITH_PARENT);
            all.addAll(FILE_SIZE);
            if (works(all)) {
                return new ToolLauncher(SESSION, DIE_WITH_PARENT, true);
            }
            // BusyBox has a setpriv without --pdeathsig; small images lack one or the other.
            return new ToolLauncher(
                    works(SESSION) ? SESSION : List.of(),
                    works(DIE_WITH_PARENT) ? DIE_WITH_PARENT : List.of(),
                    works(FILE_SIZE));
        }

        private static boolean works(List<String> wrapper) {
            List<String> command = new ArrayList<>(wrapper);
            command.add("true");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            try {
                Process process = startOnStarter(builder);
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return false;
                }
                return process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
