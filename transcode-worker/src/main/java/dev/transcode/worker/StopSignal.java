package dev.transcode.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the threads of a worker to end. Fires once. Thread-safe. */
final class StopSignal {
    private final CountDownLatch fired = new CountDownLatch(1);

    void fire() {
        fired.countDown();
    }

    boolean hasFired() {
        return fired.getCount() == 0;
    }

    /** Waits at most {@code time}; an interrupt counts as fired. */
    boolean await(Duration time) {
        try {
            return fired.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
