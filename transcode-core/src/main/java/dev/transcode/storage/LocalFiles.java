package dev.transcode.storage;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Single files treated as objects: replaced whole, under conditions, with metadata. Looking at a target and replacing
 * it is one step for all threads of this process. Thread-safe.
 */
final class LocalFiles {
    /** How often a stat looks again at what is being replaced. */
    private static final int TRIES = 50;

    private static final Lock[] LOCKS =
            Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

    private final LocalMetadata metadata;

    /** Folders whose old temporary files this instance has removed. */
    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    LocalFiles(LocalMetadata metadata) {
        this.metadata = metadata;
    }

    /** What is there; empty if that is no file. */
    Optional<ObjectInfo> stat(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            String tag = LocalTags.of(path);
            ObjectInfo info = new ObjectInfo(Files.size(path), tag, metadata.read(path, tag));
            if (tag.equals(LocalTags.of(path))) {
                return Optional.of(info);
            }
        }
        throw new IOException("it is replaced again and again");
    }

    /** As {@link Storage#put}; the target's folder exists. */
    ObjectInfo write(Path target, Path file, PutOptions options, Cancellation cancellation) throws IOException {
        Path folder = Optional.ofNullable(target.getParent()).orElseThrow();
        if (swept.add(folder)) {
            LocalTemp.sweep(folder);
        }
        Path temp = LocalTemp.beside(target);
        try {
            if (options.metadata().isEmpty() && !metadata.isMarked(file)) {
                LocalTemp.linkOrCopy(file, temp, cancellation);
            } else {
                LocalTemp.copy(file, temp, cancellation); // A link would share what the file is marked with.
            }
            String tag = LocalTags.of(temp);
            boolean marked = metadata.mark(temp, tag, options.metadata());
            LocalTemp.force(temp);
            ObjectInfo info = new ObjectInfo(Files.size(temp), tag, options.metadata());
            replace(temp, target, info, options.condition(), marked);
            LocalTemp.force(folder);
            return info;
        } finally {
            Files.deleteIfExists(temp); // It is still there after a failure, and after renaming a link to its own file.
        }
    }

    private void replace(
            Path temp, Path target, ObjectInfo info, Optional<PutOptions.Condition> condition, boolean marked)
            throws IOException {
        Lock lock = lockOf(target);
        lock.lock();
        try {
            Optional<String> current = tagOf(target);
            check(condition, current, target);
            boolean sameContent = current.equals(Optional.of(info.etag()));
            try {
                metadata.writeBeside(target, info.etag(), marked ? Map.of() : info.metadata());
                move(temp, target, condition.isPresent() && current.isEmpty());
            } catch (IOException | RuntimeException e) {
                if (!sameContent) {
                    metadata.forget(target, info.etag());
                }
                throw e;
            }
            if (current.isPresent() && !sameContent) {
                metadata.forget(target, current.get());
            }
        } finally {
            lock.unlock();
        }
    }

    private static void check(Optional<PutOptions.Condition> condition, Optional<String> current, Path target) {
        if (condition.isPresent() && !condition.get().etag().equals(current)) {
            throw conflict(target);
        }
    }

    /** @param exclusive fail if another process has made the target meanwhile, where the file system can tell */
    private static void move(Path temp, Path target, boolean exclusive) throws IOException {
        if (exclusive) {
            try {
                Files.createLink(target, temp);
                return;
            } catch (FileAlreadyExistsException e) {
                throw conflict(target);
            } catch (IOException | UnsupportedOperationException e) {
                // No hard links here: the check under the lock must do.
            }
        }
        Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return whether there was a file or link, which is gone now */
    boolean delete(Path path) throws IOException {
        Lock lock = lockOf(path);
        lock.lock();
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Optional<String> tag = tagOf(path);
            boolean deleted = Files.deleteIfExists(path);
            if (tag.isPresent()) {
                metadata.forget(path, tag.get());
            }
            return deleted;
        } finally {
            lock.unlock();
        }
    }

    private static Optional<String> tagOf(Path path) throws IOException {
        try {
            return Files.isRegularFile(path) ? Optional.of(LocalTags.of(path)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Lock lockOf(Path path) {
        return LOCKS[Math.floorMod(path.hashCode(), LOCKS.length)];
    }

    private static TranscodeException conflict(Path target) {
        return new TranscodeException(
                FailureCode.PUBLISH_CONFLICT, "cannot put " + target + ": somebody else put or removed it meanwhile");
    }
}
