package dev.transcode.job;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop, shared between who asks and who works. It fires once; later requests change nothing.
 *
 * <p>Thread-safe. Hooks run on the thread that cancels, in the order they were added, and must not block for long.
 */
public final class Cancellation {
    private final List<Runnable> hooks = new ArrayList<>();
    private @Nullable Failure reason;

    /** Stops the work because the user asked for it. */
    public void cancel() {
        cancel(Failure.of(FailureCode.CANCELLED, "cancelled on request"));
    }

    /** Stops the work for {@code reason}, which the worker then throws. */
    public void cancel(Failure reason) {
        List<Runnable> toRun;
        synchronized (this) {
            if (this.reason != null) {
                return;
            }
            this.reason = reason;
            toRun = List.copyOf(hooks);
            hooks.clear();
        }
        toRun.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return reason != null;
    }

    /** @throws TranscodeException with the reason, if cancelled */
    public void throwIfCancelled() {
        Failure failure;
        synchronized (this) {
            failure = reason;
        }
        if (failure != null) {
            throw new TranscodeException(failure);
        }
    }

    /**
     * Runs {@code hook} when cancelled, at once if that has happened already. Closing the registration removes the hook.
     */
    public Registration onCancel(Runnable hook) {
        synchronized (this) {
            if (reason == null) {
                hooks.add(hook);
                return () -> remove(hook);
            }
        }
        hook.run();
        return () -> {};
    }

    private synchronized void remove(Runnable hook) {
        hooks.remove(hook);
    }

    /** A hook that can be taken back; closing it twice is harmless. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
