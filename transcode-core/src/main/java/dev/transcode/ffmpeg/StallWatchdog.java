package dev.transcode.ffmpeg;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Stops a program that makes no progress. Thread-safe: progress is reported from a reader's thread.
 *
 * <p>Time is {@link System#nanoTime}, not the wall clock: that one jumps, and stands for hours in a suspended laptop.
 */
final class StallWatchdog implements Watchdog {
    private final String program;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private volatile long lastProgress;

    /**
     * Starts counting at once.
     *
     * @param program its name, for the message
     * @param patience time without progress after which it is stopped
     * @param nanoTime {@code System::nanoTime}, or a test's own
     */
    StallWatchdog(String program, Duration patience, LongSupplier nanoTime) {
        this.program = program;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.lastProgress = nanoTime.getAsLong();
    }

    /** Tells that the program got on; to be called only when a position or size really grew. */
    void progress() {
        lastProgress = nanoTime.getAsLong();
    }

    @Override
    public Optional<Failure> check() {
        if (nanoTime.getAsLong() - lastProgress < patience.toNanos()) {
            return Optional.empty();
        }
        return Optional.of(Failure.of(
                FailureCode.FFMPEG_STALLED, "stopped " + program + ": no progress for " + patience.toSeconds() + " s"));
    }
}
