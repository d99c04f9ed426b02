package dev.transcode.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A started program and everything it started, so that all of it can be ended. Used by one thread.
 *
 * <p>Children whose parent has ended belong to init and are no descendants any more; on Linux they are still found by
 * their session, whose id is the program's pid.
 */
final class ProcessFamily {
    private static final Path PROC = Path.of("/proc");
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private final Process process;
    private final boolean ownSession;

    /** @param ownSession whether the program leads a session of its own */
    ProcessFamily(Process process, boolean ownSession) {
        this.process = process;
        this.ownSession = ownSession;
    }

    /**
     * Ends every process: TERM, then KILL for those left after {@code grace}, then waits as long again. Returns with
     * the thread's interrupt flag as it was.
     */
    void stop(Duration grace) {
        List<ProcessHandle> family = members();
        family.forEach(ProcessHandle::destroy);
        awaitEnd(family, grace);
        killRest(family, grace);
    }

    /** Kills what the program left behind; called once it has ended. */
    void killOrphans(Duration patience) {
        killRest(List.of(), patience);
    }

    private void killRest(List<ProcessHandle> known, Duration patience) {
        List<ProcessHandle> rest = new ArrayList<>(known);
        rest.addAll(members());
        rest.removeIf(handle -> !isRunning(handle));
        if (!rest.isEmpty()) {
            rest.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(rest, patience);
        }
    }

    private List<ProcessHandle> members() {
        List<ProcessHandle> members = new ArrayList<>();
        if (process.isAlive()) {
            members.add(process.toHandle());
            process.descendants().forEach(members::add);
        }
        if (ownSession) {
            sessionMembers().forEach(members::add);
        }
        return members;
    }

    private List<ProcessHandle> sessionMembers() {
        List<ProcessHandle> members = new ArrayList<>();
        try (DirectoryStream<Path> pids = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : pids) {
                long pid = Long.parseLong(directory.getFileName().toString());
                if (pid != process.pid() && sessionOf(directory) == process.pid()) {
                    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
                    handle.ifPresent(members::add);
                }
            }
        } catch (IOException e) {
            // Without /proc there is nothing more to be found than the descendants.
            return members;
        }
        return members;
    }

    /** Session id of a process, or -1 if it has ended. */
    private static long sessionOf(Path directory) {
        String[] fields = statOf(directory);
        return fields.length == 0 ? -1 : Long.parseLong(fields[3]);
    }

    /** proc(5), from the third field on: state, ppid, pgrp, session, the rest; empty if there is no such process. */
    private static String[] statOf(Path directory) {
        try {
            String stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The second field, the name, may hold blanks and parentheses.
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
        } catch (IOException e) {
            return new String[0];
        }
    }

    /**
     * Whether a process still does something. One that has ended and was not yet collected by its parent counts as
     * alive to Java; in a container without an init nobody ever collects it.
     */
    static boolean isRunning(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        String[] fields = statOf(PROC.resolve(Long.toString(handle.pid())));
        return fields.length == 0 || !fields[0].equals("Z");
    }

    /** Waits without listening to interrupts: leaving early would leave processes behind. */
    private static void awaitEnd(List<ProcessHandle> handles, Duration patience) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + patience.toNanos();
        while (isAnyRunning(handles) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAnyRunning(List<ProcessHandle> handles) {
        for (ProcessHandle handle : handles) {
            if (isRunning(handle)) {
                return true;
            }
        }
        return false;
    }
}
