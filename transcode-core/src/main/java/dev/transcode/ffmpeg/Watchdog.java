package dev.transcode.ffmpeg;

import dev.transcode.job.Failure;
import java.util.Optional;

/**
 * Looks after a running program from the thread that waits for it, about ten times a second. Must not block for long.
 */
@FunctionalInterface
interface Watchdog {
    /** Why the program must be stopped now; empty if it may go on. */
    Optional<Failure> check();
}
