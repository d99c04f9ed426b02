package dev.transcode.worker;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits, and that another thread can end by an interrupt; what its thread does before and after is never
 * interrupted. Once ended, it is not made again. Thread-safe; the call is made by one thread at a time.
 */
final class Interruptible {
    private @Nullable Thread caller;
    private boolean over;

    /** @return empty if it was over before; else what the call gave, also when it was interrupted */
    <T> Optional<T> call(Supplier<T> waits) {
        synchronized (this) {
            if (over) {
                return Optional.empty();
            }
            caller = Thread.currentThread();
        }
        try {
            return Optional.of(waits.get());
        } finally {
            synchronized (this) {
                caller = null;
                boolean unused = Thread.interrupted(); // ours, and late
            }
        }
    }

    synchronized void interrupt() {
        over = true;
        if (caller != null) {
            caller.interrupt();
        }
    }
}
