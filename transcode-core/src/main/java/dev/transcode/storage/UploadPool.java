package dev.transcode.storage;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs puts side by side, remembers the first failure and measures. The first failure stops the others; each later call
 * throws it. Thread-safe.
 */
final class UploadPool {
    private static final Logger log = LoggerFactory.getLogger(UploadPool.class);

    /** 12,600 objects of a 2 h film take 8 min one by one, 16 s so (packaging.md). */
    private static final int PARALLEL = 32;

    /** Under way and waiting; beyond that {@link #submit} blocks. */
    private static final int ACCEPTED = 3 * PARALLEL;

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Cancellation own = new Cancellation();
    private final Cancellation.Registration outer;
    private final Semaphore accepted = new Semaphore(ACCEPTED);
    private final ThreadPoolExecutor threads;

    // All below guarded by this.
    private @Nullable Throwable failure;
    private int active;
    private long busySince;
    private long busyNanos;
    private long objects;
    private long bytes;

    /** @param cancellation stops what is under way */
    UploadPool(Cancellation cancellation) {
        threads = new ThreadPoolExecutor(
                PARALLEL, PARALLEL, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), UploadPool::thread);
        threads.allowCoreThreadTimeOut(true);
        outer = cancellation.onCancel(() -> pass(cancellation));
    }

    /** A put: honours the cancellation and tells how many bytes it sent. */
    @FunctionalInterface
    interface Transfer {
        long run(Cancellation cancellation);
    }

    /** Starts {@code transfer} as soon as a thread is free; waits while too many are waiting already. */
    void submit(Transfer transfer) {
        throwIfFailed();
        acquire(1);
        start(transfer);
    }

    /** As {@link #submit}, but never waits: false = too many are waiting already, nothing was done. */
    boolean offer(Transfer transfer) {
        throwIfFailed();
        if (!accepted.tryAcquire()) {
            return false;
        }
        start(transfer);
        return true;
    }

    /** With a permit already acquired, which it gives back at its end. */
    private void start(Transfer transfer) {
        try {
            threads.execute(() -> {
                try {
                    run(transfer);
                } finally {
                    accepted.release();
                }
            });
        } catch (RejectedExecutionException e) {
            accepted.release();
            own.throwIfCancelled();
            throw e;
        }
    }

    /** Waits for everything submitted. */
    void await() {
        acquire(ACCEPTED);
        accepted.release(ACCEPTED);
        throwIfFailed();
    }

    /** Throws what failed first, or the cancellation's reason. */
    void throwIfFailed() {
        Throwable first;
        synchronized (this) {
            first = failure;
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
        own.throwIfCancelled();
    }

    synchronized UploadStats stats() {
        long running = active == 0 ? 0 : System.nanoTime() - busySince;
        return new UploadStats(objects, bytes, Duration.ofNanos(busyNanos + running));
    }

    /** Stops what is under way and waits until nothing is. */
    void stop() {
        outer.close();
        own.cancel(Failure.of(FailureCode.CANCELLED, "publishing stopped"));
        // What never began gives its permit back, or a caller that waits for one would wait for ever.
        accepted.release(threads.shutdownNow().size());
        try {
            if (!threads.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("uploads still run {} after they were told to stop", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Transfer transfer) {
        if (own.isCancelled()) {
            return;
        }
        begin();
        long sent = -1;
        try {
            sent = transfer.run(own);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            end(sent);
        }
    }

    private synchronized void begin() {
        if (active++ == 0) {
            busySince = System.nanoTime();
        }
    }

    private synchronized void end(long sent) {
        if (--active == 0) {
            busyNanos += System.nanoTime() - busySince;
        }
        if (sent >= 0) {
            objects++;
            bytes += sent;
        }
    }

    private void fail(Throwable e) {
        synchronized (this) {
            if (failure == null) {
                failure = e;
            }
        }
        own.cancel(
                e instanceof TranscodeException known
                        ? known.failure()
                        : Failure.of(FailureCode.IO_ERROR, "cannot upload: " + e));
    }

    private void acquire(int permits) {
        try {
            accepted.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TranscodeException(FailureCode.CANCELLED, "publishing was interrupted", e);
        }
    }

    private void pass(Cancellation cancellation) {
        try {
            cancellation.throwIfCancelled();
        } catch (TranscodeException e) {
            own.cancel(e.failure());
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "transcode-upload-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
