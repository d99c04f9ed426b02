package dev.transcode.worker.chaos;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.Publisher;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.Storage;
import dev.transcode.storage.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that keeps a journal of commits. Conditional puts of multivariant playlists are one step also between
 * processes, as in S3: a worker may be stopped in the middle of anything. Thread-safe.
 */
final class ChaosStorage implements Storage {
    private final Storage folder;
    private final Journal journal;
    private final SelfFaults faults;
    private final Path locks;
    private final boolean conditions;
    private final Map<String, Object> ownLocks = new ConcurrentHashMap<>();

    /** @param conditions false = puts what it is told to, whatever stands there */
    ChaosStorage(Storage folder, Journal journal, SelfFaults faults, Path locks, boolean conditions) {
        this.folder = folder;
        this.journal = journal;
        this.faults = faults;
        this.locks = locks;
        this.conditions = conditions;
    }

    /** Whose commit it is, by the object's metadata. */
    static History.Commit commit(Map<String, String> metadata) {
        return new History.Commit(
                metadata.getOrDefault("transcode-job", "?"),
                Long.parseLong(metadata.getOrDefault("transcode-generation", "0")),
                Long.parseLong(metadata.getOrDefault("transcode-fence", "0")));
    }

    @Override
    public ObjectInfo put(ObjectRef object, Path file, PutOptions options, Cancellation cancellation) {
        if (!object.key().endsWith("/" + Publisher.MASTER)) {
            return folder.put(object, file, options, cancellation);
        }
        faults.perhaps("before the commit");
        PutOptions real = conditions
                ? options
                : new PutOptions(options.contentType(), options.cacheControl(), options.metadata(), Optional.empty());
        ObjectInfo info = putLocked(object, file, real, cancellation);
        faults.perhaps("after the commit");
        return info;
    }

    private ObjectInfo putLocked(ObjectRef object, Path file, PutOptions options, Cancellation cancellation) {
        String name = object.key().replace('/', '_');
        synchronized (ownLocks.computeIfAbsent(name, key -> new Object())) {
            try (FileChannel channel =
                    FileChannel.open(locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // Until it is closed.
                folder.stat(object).ifPresent(info -> journal.seen(commit(info.metadata())));
                ObjectInfo info = folder.put(object, file, options, cancellation);
                journal.done(commit(options.metadata()));
                return info;
            } catch (IOException e) {
                cancellation.throwIfCancelled();
                throw new TranscodeException(FailureCode.RESET, "cannot lock " + object + ": " + e, e);
            }
        }
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectRef object) {
        return folder.stat(object);
    }

    @Override
    public Path fetch(ObjectRef object, Path directory, TransferListener listener, Cancellation cancellation) {
        return folder.fetch(object, directory, listener, cancellation);
    }

    @Override
    public InputStream read(ObjectRef object, long from, long length) {
        return folder.read(object, from, length);
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return folder.list(bucket, prefix);
    }

    @Override
    public void delete(String bucket, Collection<String> keys) {
        folder.delete(bucket, keys);
    }
}
