package dev.transcode.worker.e2e;

import dev.transcode.storage.s3.fixture.Gate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Catches one request between a worker and a server, and keeps it until the test says what becomes of it. */
final class Hold {
    private static final long PATIENCE_SECONDS = 60;

    private final AtomicBoolean used = new AtomicBoolean();
    private final CountDownLatch caught = new CountDownLatch(1);
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile boolean passes;

    /** For the proxy: waits if this is the first request it is asked about. @return whether the request goes on */
    boolean admit() {
        if (!used.compareAndSet(false, true)) {
            return true;
        }
        caught.countDown();
        await(decided);
        return passes;
    }

    /** For a gate before S3: as {@link #admit}, but a request that goes on is held when it has been carried out. */
    Gate.Action gate(boolean carriesOut) {
        if (carriesOut) {
            return Gate.Action.passAfter(this::admit);
        }
        return admit() ? Gate.Action.PASS : Gate.Action.DENY;
    }

    /** For the test: waits until there is one. */
    void awaitCaught() {
        await(caught);
    }

    /** For the test: lets it go on, or drops it. */
    void decide(boolean pass) {
        passes = pass;
        decided.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
