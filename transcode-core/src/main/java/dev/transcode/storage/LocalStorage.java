package dev.transcode.storage;

import dev.transcode.internal.BoundedInput;
import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders as buckets, files as objects: the reference implementation of {@link Storage}, and what {@code transcode run}
 * works with. Thread-safe, also across instances in one process.
 *
 * <ul>
 *   <li>{@link #fetch} returns the object's own file. {@link #put} makes a hard link where it can, so a 2 GB MP4 costs
 *       no copy; its bytes are on the disk when it returns (0.4 ms for each of many segments, measured on an SSD).
 *   <li>A key can't have an empty, {@code .} or {@code ..} part or one that starts with {@code .transcode-}, no object
 *       can be a folder of another, and nothing is written or deleted through a symbolic link that leads out of the
 *       bucket. Content type and Cache-Control are not kept: they follow from the file's name.
 *   <li>Folders come and go with objects: {@link #delete} removes those that became empty, the bucket's own only if
 *       this instance made it.
 *   <li>"There must be no object" also holds against other processes where the file system knows hard links. "It must
 *       have this tag" is checked and done under a lock of this process: of two processes that do so within the same
 *       millisecond, the last wins.
 * </ul>
 */
public final class LocalStorage implements Storage {
    private static final Logger log = LoggerFactory.getLogger(LocalStorage.class);

    /** How often a put makes the folders anew that a delete removed because they were empty. */
    private static final int TRIES = 50;

    private final Function<String, Optional<LocalBucket>> buckets;
    private final LocalFiles files;

    private LocalStorage(Function<String, Optional<LocalBucket>> buckets, boolean attributes) {
        this.buckets = buckets;
        this.files = new LocalFiles(new LocalMetadata(attributes));
    }

    /** Each folder directly below {@code root} is a bucket; none is ever made. */
    public static LocalStorage of(Path root) {
        Map<String, LocalBucket> known = new ConcurrentHashMap<>();
        return new LocalStorage(
                name -> {
                    Path folder = LocalBucket.child(root.toAbsolutePath().normalize(), name, name);
                    return Files.isDirectory(folder)
                            ? Optional.of(known.computeIfAbsent(name, n -> new LocalBucket(folder)))
                            : Optional.empty();
                },
                true);
    }

    /** Named buckets, e.g. {@code in} and {@code out}; their folders are made by the first put. */
    public static LocalStorage of(Map<String, Path> buckets) {
        return of(buckets, true);
    }

    /** @param attributes false = behave as on a file system without extended attributes */
    static LocalStorage of(Map<String, Path> buckets, boolean attributes) {
        Map<String, LocalBucket> known = new ConcurrentHashMap<>();
        buckets.forEach((name, folder) -> known.put(name, new LocalBucket(folder)));
        return new LocalStorage(name -> Optional.ofNullable(known.get(name)), attributes);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectRef object) {
        LocalBucket bucket = bucket(object.bucket());
        try {
            return files.stat(bucket.locate(object.key()));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileErrors.of("cannot stat " + object, e);
        }
    }

    @Override
    public Path fetch(ObjectRef object, Path directory, TransferListener listener, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        Path file = readable(object);
        try {
            long bytes = Files.size(file);
            listener.onBytes(bytes, bytes);
            return file;
        } catch (IOException e) {
            throw FileErrors.of("cannot fetch " + object, e);
        }
    }

    @Override
    public InputStream read(ObjectRef object, long offset, long length) {
        Path file = readable(object);
        try {
            SeekableByteChannel channel = Files.newByteChannel(file);
            try {
                return new BoundedInput(Channels.newInputStream(channel.position(offset)), length);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileErrors.of("cannot read " + object, e);
        }
    }

    @Override
    public ObjectInfo put(ObjectRef object, Path file, PutOptions options, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        LocalBucket bucket = bucket(object.bucket());
        Path target = bucket.locate(object.key());
        try {
            bucket.checkInside(target);
            return writeInFolder(bucket, target, file, options, cancellation);
        } catch (IOException e) {
            cancellation.throwIfCancelled(); // A cancelled upload's thread is interrupted, which closes its files.
            throw FileErrors.of("cannot put " + object, e);
        }
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        Optional<LocalBucket> folder = buckets.apply(bucket);
        try {
            return folder.isEmpty() ? List.of() : folder.get().list(prefix);
        } catch (IOException e) {
            throw FileErrors.of("cannot list " + bucket + "/" + prefix, e);
        }
    }

    @Override
    public void delete(String bucket, Collection<String> keys) {
        Optional<LocalBucket> folder = buckets.apply(bucket);
        if (folder.isEmpty()) {
            return;
        }
        Set<Path> emptier = ConcurrentHashMap.newKeySet();
        for (String key : keys) {
            try {
                Path path = folder.get().locate(key);
                folder.get().checkInside(path);
                if (files.delete(path)) {
                    Optional.ofNullable(path.getParent()).ifPresent(emptier::add);
                }
            } catch (IOException | TranscodeException e) {
                log.warn("cannot delete {}/{}: {}", bucket, key, e.getMessage());
            }
        }
        emptier.forEach(folder.get()::prune);
    }

    private ObjectInfo writeInFolder(
            LocalBucket bucket, Path target, Path file, PutOptions options, Cancellation cancellation)
            throws IOException {
        boolean done = false;
        try {
            for (int attempt = 1; ; attempt++) {
                bucket.makeParents(target);
                try {
                    ObjectInfo info = files.write(target, file, options, cancellation);
                    done = true;
                    return info;
                } catch (NoSuchFileException e) {
                    if (attempt == TRIES || !Files.exists(file)) {
                        throw e; // Else a delete found the new folder empty, and removed it.
                    }
                }
            }
        } finally {
            if (!done) {
                bucket.prune(target.getParent());
            }
        }
    }

    private Path readable(ObjectRef object) {
        Path file = bucket(object.bucket()).locate(object.key());
        if (!Files.isRegularFile(file)) {
            throw notFound(file, Files.exists(file) ? "it is not a file" : "no such file");
        }
        if (!Files.isReadable(file)) {
            throw notFound(file, "permission denied");
        }
        return file;
    }

    private LocalBucket bucket(String name) {
        return buckets.apply(name)
                .orElseThrow(() -> new TranscodeException(
                        FailureCode.NO_SUCH_BUCKET, "cannot open bucket " + name + ": no such folder"));
    }

    private static TranscodeException notFound(Path file, String reason) {
        return new TranscodeException(FailureCode.INPUT_NOT_FOUND, "cannot read " + file + ": " + reason);
    }
}
