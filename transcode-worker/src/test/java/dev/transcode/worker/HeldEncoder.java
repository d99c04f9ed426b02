package dev.transcode.worker;

import static org.awaitility.Awaitility.await;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Waits, while it is held, until it is opened or cancelled; then encodes. */
final class HeldEncoder implements Encoder {
    Encoder real;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<RuntimeException> fail = new AtomicReference<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void hold() {
        gate = new CountDownLatch(1);
    }

    /** The next encode fails. */
    void failFirst(RuntimeException failure) {
        fail.set(failure);
    }

    void open() {
        gate.countDown();
    }

    void awaitBegun(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> begun.get() >= times);
    }

    int ended() {
        return ended.get();
    }

    @Override
    public EncodedMedia encode(
            EncodePlan plan, Path source, Path directory, EncodeListener listener, Cancellation cancellation) {
        begun.incrementAndGet();
        RuntimeException failure = fail.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch held = gate;
        Cancellation.Registration hook = cancellation.onCancel(cancelled::countDown);
        try {
            while (!held.await(5, TimeUnit.MILLISECONDS) && cancelled.getCount() > 0) {
                // Until either.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hook.close();
        }
        cancellation.throwIfCancelled();
        EncodedMedia media = real.encode(plan, source, directory, listener, cancellation);
        ended.incrementAndGet();
        return media;
    }

    @Override
    public void remux(List<Remux> files, Cancellation cancellation) {
        real.remux(files, cancellation);
    }
}
