package dev.transcode.contract;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.Storage;
import dev.transcode.storage.TransferListener;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A storage that lets its n-th call go wrong, and remembers the order of the calls. Thread-safe.
 */
public final class FlakyStorage implements Storage {
    private final Storage inner;
    private final Fault fault;
    private final int faultyCall;
    private final Runnable onHang;
    private final List<String> calls = new ArrayList<>();
    private boolean dead;

    /** How a call goes wrong. */
    public enum Fault {
        /** Refused: nothing is done, {@code io_error}. */
        FAIL,
        /** Done, but the caller hears {@code reset}. */
        LOSE_REPLY,
        /** Nothing is done and no answer comes until the caller cancels; {@code s3_timeout} where it can't. */
        HANG,
        /** The process dies before the call: it and every later one throw {@link Killed}. */
        KILL,
        /** The process dies after the call, before it hears the answer. */
        KILL_AFTER
    }

    /** The caller's process is no more; nothing it does reaches the store. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed");
        }
    }

    /**
     * @param faultyCall counted from 1; 0 = none
     * @param onHang runs when a call begins to hang: the place to cancel
     */
    public FlakyStorage(Storage inner, Fault fault, int faultyCall, Runnable onHang) {
        this.inner = inner;
        this.fault = fault;
        this.faultyCall = faultyCall;
        this.onHang = onHang;
    }

    /** Only remembers the calls. */
    public static FlakyStorage recording(Storage inner) {
        return new FlakyStorage(inner, Fault.FAIL, 0, () -> {});
    }

    /** The calls so far, in the order they began: {@code put bucket/key}, {@code list bucket/prefix}, ... */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectRef object) {
        return call("stat " + object, Optional.empty(), () -> inner.stat(object));
    }

    @Override
    public Path fetch(ObjectRef object, Path directory, TransferListener listener, Cancellation cancellation) {
        return call(
                "fetch " + object,
                Optional.of(cancellation),
                () -> inner.fetch(object, directory, listener, cancellation));
    }

    @Override
    public InputStream read(ObjectRef object, long offset, long length) {
        return call("read " + object, Optional.empty(), () -> inner.read(object, offset, length));
    }

    @Override
    public ObjectInfo put(ObjectRef object, Path file, PutOptions options, Cancellation cancellation) {
        return call("put " + object, Optional.of(cancellation), () -> inner.put(object, file, options, cancellation));
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return call("list " + bucket + "/" + prefix, Optional.empty(), () -> inner.list(bucket, prefix));
    }

    @Override
    public void delete(String bucket, Collection<String> keys) {
        call("delete " + bucket + "/" + keys, Optional.empty(), () -> {
            inner.delete(bucket, keys);
            return true;
        });
    }

    private <T> T call(String name, Optional<Cancellation> cancellation, Supplier<T> work) {
        if (!begin(name)) {
            return work.get();
        }
        switch (fault) {
            case FAIL -> throw new TranscodeException(FailureCode.IO_ERROR, "cannot " + name + ": made to fail");
            case HANG -> throw hang(name, cancellation);
            case KILL -> throw new Killed();
            case LOSE_REPLY, KILL_AFTER -> throw lose(name, work.get());
        }
        throw new AssertionError(fault);
    }

    private TranscodeException lose(String name, Object reply) {
        if (fault == Fault.KILL_AFTER) {
            throw new Killed();
        }
        return new TranscodeException(FailureCode.RESET, "cannot " + name + ": lost the reply " + reply);
    }

    /** @return whether this is the call that goes wrong */
    private synchronized boolean begin(String name) {
        if (dead) {
            throw new Killed();
        }
        calls.add(name);
        boolean faulty = calls.size() == faultyCall;
        dead = faulty && (fault == Fault.KILL || fault == Fault.KILL_AFTER);
        return faulty;
    }

    private TranscodeException hang(String name, Optional<Cancellation> cancellation) {
        onHang.run();
        if (cancellation.isPresent()) {
            CountDownLatch cancelled = new CountDownLatch(1);
            Cancellation.Registration hook = cancellation.get().onCancel(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hook.close();
            }
            cancellation.get().throwIfCancelled();
        }
        return new TranscodeException(FailureCode.S3_TIMEOUT, "cannot " + name + ": no answer");
    }
}
