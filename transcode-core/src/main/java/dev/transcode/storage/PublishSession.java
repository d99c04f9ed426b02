package dev.transcode.storage;

import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's publishing, opened by {@link Publisher#start}. Closing it without a commit removes what it put and
 * leaves everything else as it was, but for MP4s that it had replaced already.
 *
 * <p>{@link #put}, {@link #offer} and {@link #stats} may be called from any thread; {@link #commit} and {@link #close} from one, after
 * the last put has returned.
 */
public final class PublishSession implements AutoCloseable {
    private final Storage storage;
    private final OutputPrefix prefix;
    private final CommitIdentity identity;
    private final PublishGate gate;
    private final Cancellation cancellation;
    private final ReplacedMaster replaced;
    private final RunCleanup cleanup;
    private final UploadPool pool;

    /** Full keys below the run directory whose put has begun, and so may be there. Guarded by this. */
    private final Set<String> begun = new HashSet<>();

    /** Fixed names where nothing was before, with the size put there. Guarded by this. */
    private final Map<ObjectRef, Long> created = new HashMap<>();

    private State state = State.OPEN;
    private @Nullable CommitIdentity winner;

    /** How far the commit is; in doubt = the master's put was sent and its outcome is not known. */
    private enum State {
        OPEN,
        IN_DOUBT,
        COMMITTED,
        CLOSED
    }

    PublishSession(
            Storage storage,
            OutputPrefix prefix,
            CommitIdentity identity,
            PublishGate gate,
            Cancellation cancellation,
            ReplacedMaster replaced) {
        this.storage = storage;
        this.prefix = prefix;
        this.identity = identity;
        this.gate = gate;
        this.cancellation = cancellation;
        this.replaced = replaced;
        this.cleanup = new RunCleanup(storage, prefix, identity);
        this.pool = new UploadPool(cancellation);
    }

    /**
     * Uploads a segment, playlist or report in the background; waits only while about a hundred are waiting already.
     *
     * @param upload its key lies below this attempt's run directory
     * @throws TranscodeException what an earlier put failed with, the gate's refusal or the cancellation's reason
     */
    public void put(Upload upload) {
        pool.submit(transfer(upload));
    }

    /**
     * As {@link #put}, but never waits: for who must not be held up, such as the one that reads the encoder's output.
     *
     * @return false if too many are waiting already; then nothing was done
     */
    public boolean offer(Upload upload) {
        return pool.offer(transfer(upload));
    }

    private UploadPool.Transfer transfer(Upload upload) {
        if (!upload.key().startsWith(identity.run().name() + "/")) {
            throw new IllegalArgumentException("not below " + identity.run().name() + ": " + upload.key());
        }
        ObjectRef object = prefix.resolve(upload.key());
        return stop -> {
            gate.beforePut();
            synchronized (this) {
                begun.add(object.key());
            }
            return send(object, upload, stop);
        };
    }

    /**
     * Waits for all puts, asks the gate, replaces the MP4s and then, as the one commit, the multivariant playlist; last
     * it removes run directories of this job that nobody needs any more (a failure there is only logged). Also a
     * success: another attempt of the same job and generation has committed meanwhile; its output stands.
     *
     * @param fixedNames the progressive MP4s
     * @param master the multivariant playlist, with key {@link Publisher#MASTER}
     * @throws TranscodeException what a put failed with, the gate's refusal, the cancellation's reason, or
     *     {@code publish_conflict} if somebody else changed the multivariant playlist since the session began
     */
    public UploadStats commit(List<Upload> fixedNames, Upload master) {
        if (state != State.OPEN || !master.key().equals(Publisher.MASTER)) {
            throw new IllegalStateException("cannot commit " + master.key() + ": session is " + state);
        }
        pool.await();
        Path workspace =
                Optional.ofNullable(master.file().toAbsolutePath().getParent()).orElseThrow();
        Optional<Set<RunDirectory>> keep = replaced.runs(storage, workspace, cancellation);
        gate.beforeCommit();
        Optional<CommitIdentity> earlier = standing();
        if (earlier.isPresent()) {
            state = State.COMMITTED;
            winner = earlier.get();
            cleanup.remove(begunKeys());
            cleanup.afterRecovery();
            return stats();
        }
        for (Upload upload : fixedNames) {
            pool.submit(stop -> putFixed(upload, stop));
        }
        pool.await();
        gate.beforePut();
        cancellation.throwIfCancelled();
        CommitIdentity standing = putMaster(master, keep);
        state = State.COMMITTED;
        winner = standing;
        if (standing.fence() != identity.fence()) {
            cleanup.remove(begunKeys());
        }
        keep.ifPresent(runs -> cleanup.afterCommit(with(standing.run(), runs)));
        return stats();
    }

    /**
     * Another attempt of this job and generation that had committed before this session began: one that was frozen
     * after it passed the gate may do so after its successor was told that nothing is there. Without its report it
     * counts as damaged, and is replaced.
     */
    private Optional<CommitIdentity> standing() {
        return replaced.identity()
                .filter(earlier -> identity.sameWork(earlier) && earlier.fence() != identity.fence())
                .filter(earlier ->
                        storage.stat(prefix.resolve(earlier.run().reportKey())).isPresent());
    }

    /** Whose output stands after the commit: this attempt's, or another's of the same job and generation. */
    public CommitIdentity published() {
        if (winner == null) {
            throw new IllegalStateException("nothing is committed: session is " + state);
        }
        return winner;
    }

    /** What was uploaded so far. */
    public UploadStats stats() {
        return pool.stats();
    }

    /**
     * Stops puts under way and, without a commit, removes what they put. If it is not known whether the multivariant
     * playlist arrived, everything stays: the next commit of this job cleans up.
     */
    @Override
    public void close() {
        // The caller may have been interrupted to get here; file channels would refuse to work on its thread.
        boolean interrupted = Thread.interrupted();
        try {
            pool.stop();
            if (state == State.OPEN) {
                cleanup.remove(begunKeys());
                removeCreated();
            }
            state = State.CLOSED;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long putFixed(Upload upload, Cancellation stop) {
        gate.beforePut();
        ObjectRef object = prefix.resolve(upload.key());
        if (storage.stat(object).isEmpty()) {
            synchronized (this) {
                created.put(object, size(upload.file()));
            }
        }
        return send(object, upload, stop);
    }

    private long send(ObjectRef object, Upload upload, Cancellation stop) {
        PutOptions options = PutOptions.of(upload.contentType(), upload.cacheControl());
        return checked(object, upload, storage.put(object, upload.file(), options, stop));
    }

    /** @return whose multivariant playlist stands there now */
    private CommitIdentity putMaster(Upload master, Optional<Set<RunDirectory>> keep) {
        Map<String, String> metadata = new HashMap<>(identity.metadata());
        keep.ifPresent(runs -> metadata.putAll(RunCleanup.metadata(with(identity.run(), runs))));
        PutOptions options = new PutOptions(
                master.contentType(), master.cacheControl(), metadata, Optional.of(replaced.condition()));
        ObjectInfo info;
        state = State.IN_DOUBT;
        try {
            info = storage.put(replaced.object(), master.file(), options, cancellation);
        } catch (TranscodeException e) {
            return winnerAfter(e);
        }
        checked(replaced.object(), master, info);
        return identity;
    }

    /** After a failed put: whoever committed this job and generation, which may be this very put, its reply lost. */
    private CommitIdentity winnerAfter(TranscodeException failure) {
        CommitIdentity found;
        try {
            found = storage.stat(replaced.object())
                    .flatMap(info -> CommitIdentity.from(info.metadata()))
                    .orElse(null);
        } catch (TranscodeException unknown) {
            failure.addSuppressed(unknown);
            throw failure;
        }
        if (found != null && identity.sameWork(found)) {
            return found;
        }
        if (!mayStillArrive(failure.failure().code())) {
            state = State.OPEN;
        }
        if (failure.failure().code() != FailureCode.PUBLISH_CONFLICT) {
            throw failure;
        }
        String who = found == null ? "somebody else" : "job=" + found.job() + " fence=" + found.fence();
        throw new TranscodeException(
                FailureCode.PUBLISH_CONFLICT,
                "cannot publish job=" + identity.job() + ": " + replaced.object() + " was changed by " + who
                        + " meanwhile",
                failure);
    }

    /**
     * Whether the store may carry the put out, or has and does not show it yet, although it was reported as failed. The
     * code is that of the last of several tries, so an earlier one may have had no answer.
     */
    private static boolean mayStillArrive(FailureCode code) {
        return switch (code) {
            case S3_5XX, S3_TIMEOUT, RESET, SLOW_DOWN, CHECKSUM_MISMATCH, CANCELLED, TIME_LIMIT, WORKER_LOST -> true;
            default -> false;
        };
    }

    private static long checked(ObjectRef object, Upload upload, ObjectInfo info) {
        long expected = size(upload.file());
        if (info.bytes() != expected) {
            throw new TranscodeException(
                    FailureCode.CHECKSUM_MISMATCH,
                    "cannot publish " + object + ": it has " + info.bytes() + " bytes instead of " + expected);
        }
        return expected;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw FileErrors.of("cannot read the size of " + file, e);
        }
    }

    /** A first output that was never committed is no output: its MP4s go, unless another attempt took over. */
    private synchronized void removeCreated() {
        List<String> keys = new ArrayList<>();
        try {
            for (Map.Entry<ObjectRef, Long> entry : created.entrySet()) {
                gate.beforePut();
                Optional<ObjectInfo> now = storage.stat(entry.getKey());
                if (now.filter(info -> info.bytes() == entry.getValue()).isPresent()) {
                    keys.add(entry.getKey().key());
                }
            }
        } catch (TranscodeException e) {
            return;
        }
        cleanup.remove(keys);
    }

    private synchronized List<String> begunKeys() {
        return List.copyOf(begun);
    }

    private static Set<RunDirectory> with(RunDirectory run, Set<RunDirectory> others) {
        Set<RunDirectory> all = new HashSet<>(others);
        all.add(run);
        return all;
    }
}
