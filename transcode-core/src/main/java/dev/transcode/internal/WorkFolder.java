package dev.transcode.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for one job's temporary files, gone when closed. While it is open a lock is held in it; the system drops the
 * lock with the process, so a folder whose lock can be taken belongs to nobody. Never told by pid: in containers every
 * pid is 1.
 */
public final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String PREFIX = ".transcode-";
    private static final String LOCK = "lock";

    /**
     * Names of the folders this process holds: they are random, so the name alone will do. Their lock files must not even
     * be opened again here: on POSIX systems closing any channel of a file drops all locks of the process on it.
     */
    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final boolean createdParent;
    private final FileChannel channel;
    private final FileLock lock;

    private WorkFolder(Path path, boolean createdParent, FileChannel channel, FileLock lock) {
        this.path = path;
        this.createdParent = createdParent;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * A new folder below {@code parent}, which is made if it is missing. Folders of dead processes beside it are removed.
     *
     * @throws dev.transcode.job.TranscodeException {@code io_error} or {@code disk_full} if that cannot be
     */
    public static WorkFolder create(Path parent) {
        try {
            boolean createdParent = !Files.exists(parent);
            Files.createDirectories(parent);
            Path path = Files.createTempDirectory(parent, PREFIX);
            OWN.add(name(path));
            removeStale(parent, Files.getOwner(path));
            Path unlocked = path.resolve(LOCK + ".new");
            FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock lock = channel.lock();
            // Renamed only now: nobody ever sees a lock file that is not locked yet.
            Files.move(unlocked, path.resolve(LOCK));
            return new WorkFolder(path, createdParent, channel, lock);
        } catch (IOException e) {
            throw FileErrors.of("cannot make a work folder in " + parent, e);
        }
    }

    public Path path() {
        return path;
    }

    /** A new empty folder in this one. */
    public Path newDirectory(String name) {
        try {
            return Files.createDirectory(path.resolve(name));
        } catch (IOException e) {
            throw FileErrors.of("cannot make " + name + " in " + path, e);
        }
    }

    /** Removes the folder with everything in it, and its parent if that was made for it and is empty. */
    @Override
    public void close() {
        try (channel) {
            deleteTree(path);
            lock.release();
            if (createdParent) {
                deleteIfEmpty(path.getParent());
            }
        } catch (IOException e) {
            LOG.warn("cannot remove work folder {}: {}", path, FileErrors.reason(e));
        } finally {
            OWN.remove(name(path));
        }
    }

    /**
     * Only what belongs to {@code owner}: another user of a shared folder could put a link in the place of a folder of
     * theirs while it is being removed, and have us remove what it leads to.
     */
    private static void removeStale(Path parent, UserPrincipal owner) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isOf(owner, folder) && isStale(folder)) {
                    LOG.info("removing work folder {} of a process that is gone", folder);
                    deleteStale(folder);
                }
            }
        }
    }

    private static boolean isOf(UserPrincipal owner, Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner);
        } catch (IOException e) {
            return false; // It is gone.
        }
    }

    /** A folder without a lock file may just be coming into being, or be a stranger's: it stays. */
    private static boolean isStale(Path folder) {
        Path lockFile = folder.resolve(LOCK);
        if (OWN.contains(name(folder)) || !Files.isRegularFile(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    /** Another process may be removing the same folder: that is as good. */
    private static void deleteStale(Path folder) {
        try {
            deleteTree(folder);
        } catch (IOException e) {
            LOG.debug("cannot remove stale work folder {}: {}", folder, FileErrors.reason(e));
        }
    }

    /** The lock file goes last: whoever dies half way leaves a folder that the next one knows for what it is. */
    private static void deleteTree(Path root) throws IOException {
        Path lockFile = root.resolve(LOCK);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(lockFile)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (directory.equals(root)) {
                    Files.deleteIfExists(lockFile);
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void deleteIfEmpty(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            if (entries.iterator().hasNext()) {
                return;
            }
        }
        Files.delete(directory);
    }
}
