package dev.transcode.cli;

import dev.transcode.queue.QueueUnavailableException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a queue that goes away while a command watches it, a minute at most. For one thread. */
final class Patience {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_MILLIS = 500;

    private final Console console;
    private long awaySince;
    private boolean away;

    Patience(Console console) {
        this.console = console;
    }

    /**
     * What {@code call} gives; empty, after a pause, if the queue is away. That is said once.
     *
     * @throws QueueUnavailableException if it has been away for too long
     */
    <T> Optional<T> ask(Supplier<T> call) {
        try {
            T result = call.get();
            away = false;
            return Optional.of(result);
        } catch (QueueUnavailableException e) {
            if (!away) {
                away = true;
                awaySince = System.nanoTime();
                console.err().println((console.isLive() ? "\r\u001b[K" : "") + e.getMessage() + "; trying again ...");
            } else if (System.nanoTime() - awaySince > LIMIT_NANOS) {
                throw e;
            }
            pause();
            return Optional.empty();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
