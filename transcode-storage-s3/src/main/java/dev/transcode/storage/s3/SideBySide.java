package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Ranges or parts of one object, a few at a time. The first failure stops the others. */
final class SideBySide {
    /** What one connection gives is mostly limited by the store; more than a few add memory and little else. */
    static final int PARALLEL = 4;

    private final Cancellation stop;
    private final AtomicInteger next = new AtomicInteger();
    private @Nullable Throwable failure; // Guarded by this.

    private SideBySide(Cancellation stop) {
        this.stop = stop;
    }

    /** Does the work with this index. */
    @FunctionalInterface
    interface Work {
        void run(int index) throws S3Exception;
    }

    /**
     * Returns when all of it is done, or nothing of it runs any more.
     *
     * @param stop fired at the first failure; whatever {@code work} waits for must heed it
     */
    static void run(ExecutorService threads, int count, Cancellation stop, Work work) throws S3Exception {
        SideBySide all = new SideBySide(stop);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(PARALLEL, count); i++) {
            running.add(threads.submit(() -> all.work(count, work)));
        }
        all.await(running);
        all.throwFailure();
    }

    private void work(int count, Work work) {
        try {
            for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                stop.throwIfCancelled();
                work.run(index);
            }
        } catch (S3Exception | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        synchronized (this) {
            if (failure == null) {
                failure = e;
            }
        }
        stop.cancel(Failure.of(FailureCode.CANCELLED, "another part of the transfer failed"));
    }

    private void await(List<Future<?>> running) {
        boolean interrupted = false;
        for (Future<?> future : running) {
            while (true) {
                try {
                    future.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    fail(new TranscodeException(Failure.of(FailureCode.CANCELLED, "the transfer was interrupted"), e));
                } catch (ExecutionException e) {
                    fail(e);
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void throwFailure() throws S3Exception {
        if (failure instanceof S3Exception e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
