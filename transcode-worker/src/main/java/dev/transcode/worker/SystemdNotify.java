package dev.transcode.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the worker is, where systemd has started it with {@code Type=notify}: ready, well, about to stop
 * (sd_notify(3)). It listens on a UNIX datagram socket, which Java does not have, so {@code systemd-notify} (246 or newer:
 * it waits until it was heard) speaks for us and the unit needs {@code NotifyAccess=all}. Elsewhere all of this does
 * nothing. Thread-safe.
 */
final class SystemdNotify {
    private static final Logger log = LoggerFactory.getLogger(SystemdNotify.class);
    private static final String PROGRAM = "systemd-notify";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable String socket;
    private final @Nullable Duration period;

    private SystemdNotify(@Nullable String socket, @Nullable Duration period) {
        this.socket = socket;
        this.period = period;
    }

    /** @param env with what systemd sets: NOTIFY_SOCKET, and WATCHDOG_USEC and WATCHDOG_PID where it watches */
    static SystemdNotify of(Map<String, String> env) {
        String socket = env.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return new SystemdNotify(null, null);
        }
        String microseconds = env.getOrDefault("WATCHDOG_USEC", "");
        String pid = env.getOrDefault("WATCHDOG_PID", "");
        boolean watched = microseconds.matches("[1-9][0-9]{0,17}")
                && (pid.isEmpty()
                        || pid.equals(Long.toString(ProcessHandle.current().pid())));
        // Half, as sd_watchdog_enabled(3) advises.
        return new SystemdNotify(socket, watched ? Duration.ofNanos(Long.parseLong(microseconds) * 1_000 / 2) : null);
    }

    /**
     * The worker takes jobs from now on. Returns at once; where systemd watches, it goes on to hear that all is well for
     * as long as that is so. A worker that hangs is silent, and systemd restarts it.
     *
     * @param status one line for {@code systemctl status}
     */
    void ready(BooleanSupplier well, Supplier<String> status) {
        if (socket == null) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    say("READY=1", "STATUS=" + status.get());
                    watch(well, status);
                },
                "transcode-systemd");
        thread.setDaemon(true);
        thread.start();
    }

    /** The worker stops. Returns when systemd has heard it. */
    void stopping() {
        say("STOPPING=1", "STATUS=stopping");
    }

    private void watch(BooleanSupplier well, Supplier<String> status) {
        if (period == null) {
            return;
        }
        boolean wasWell = true;
        try {
            while (true) {
                Thread.sleep(period.toMillis());
                boolean isWell = well.getAsBoolean();
                if (isWell) {
                    say("WATCHDOG=1", "STATUS=" + status.get());
                } else if (wasWell) {
                    log.warn("Telling systemd nothing: a thread of this worker has ended or hangs");
                }
                wasWell = isWell;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String... assignments) {
        if (socket == null) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(assignments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NOTIFY_SOCKET", socket);
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                log.warn("cannot tell systemd {}: it did not listen for {} s", assignments[0], PATIENCE.toSeconds());
            } else if (process.exitValue() != 0) {
                log.warn("cannot tell systemd {}: {} exited {}", assignments[0], PROGRAM, process.exitValue());
            }
        } catch (IOException e) {
            log.warn("cannot tell systemd {}: {} (it comes with systemd)", assignments[0], e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
