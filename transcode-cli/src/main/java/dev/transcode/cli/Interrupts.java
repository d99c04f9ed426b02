package dev.transcode.cli;

import dev.transcode.job.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ctrl-C and SIGTERM: what is done before the JVM exits by itself with 130 or 143. */
final class Interrupts {
    private static final int PATIENCE_SECONDS = 10;

    private Interrupts() {}

    /** Does {@code work}; while it lasts, a signal that ends the JVM cancels it first and waits for its end. */
    static <T> T cancelling(Cancellation cancellation, Supplier<T> work) {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(cancellation, done), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            done.countDown();
            remove(hook);
        }
    }

    /** Does {@code work}; a signal that ends the JVM meanwhile has {@code farewell} said first. */
    static <T> T saying(Runnable farewell, Supplier<T> work) {
        Thread hook = new Thread(farewell, "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            remove(hook);
        }
    }

    private static void stop(Cancellation cancellation, CountDownLatch done) {
        cancellation.cancel();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gave up waiting for the work to stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and has just been told that the work has ended.
            return;
        }
    }
}
