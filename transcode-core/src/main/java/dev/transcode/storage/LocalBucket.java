package dev.transcode.storage;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder seen as a bucket: turns keys into paths that stay inside it, makes folders for them and removes those that
 * became empty. Thread-safe.
 */
final class LocalBucket {
    private final Path root;

    /** The root and folders above it, where this instance made them. */
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    LocalBucket(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The path of a key. Reading may follow a symbolic link out of the bucket: whoever may place a link there may read
     * its target as well.
     *
     * @throws TranscodeException ({@code invalid_job}) if the key can't be a path below the root
     */
    Path locate(String key) {
        Path path = root;
        for (String part : key.split("/", -1)) {
            path = child(path, part, key);
        }
        return path;
    }

    /**
     * Before writing or deleting: no folder on the way may lead out of the bucket. A link that somebody else places
     * between this check and the write is not noticed.
     */
    void checkInside(Path path) throws IOException {
        Path folder = path.getParent();
        while (folder != null && folder.startsWith(root)) {
            if (Files.exists(folder)) {
                if (!folder.toRealPath().startsWith(root.toRealPath())) {
                    throw invalid(root.relativize(path).toString(), "leads out through a symbolic link at " + folder);
                }
                return;
            }
            folder = folder.getParent();
        }
    }

    /** Makes the folders above {@code path} and remembers the root if it was missing. */
    void makeParents(Path path) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path folder = path.getParent(); folder != null && !Files.exists(folder); folder = folder.getParent()) {
            missing.push(folder);
        }
        for (Path folder : missing) {
            try {
                Files.createDirectory(folder);
                if (root.startsWith(folder)) {
                    made.add(folder);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Removes {@code folder} and those above it as long as they are empty: below the root any, the root itself and
     * above it only those that this instance made.
     */
    void prune(@Nullable Path folder) {
        Path next = folder;
        while (next != null && isPrunable(next)) {
            try {
                LocalTemp.sweep(next);
                Files.delete(next);
            } catch (NoSuchFileException e) {
                // Another thread pruned it: go on above.
            } catch (IOException e) {
                return; // Not empty, or not ours to remove: it just stays.
            }
            made.remove(next);
            next = next.getParent();
        }
    }

    /** Keys that start with {@code prefix}; looks only into folders that can hold some, never through a linked one. */
    List<String> list(String prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        list(root, "", prefix, keys);
        return keys;
    }

    private void list(Path folder, String keyOfFolder, String prefix, Collection<String> keys) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String key = keyOfFolder + child.getFileName();
                boolean inside = key.startsWith(prefix);
                boolean above = prefix.startsWith(key + "/");
                // First what costs no look at the file: a folder may have thousands of others in it.
                if ((!inside && !above) || LocalTemp.isReserved(String.valueOf(child.getFileName()))) {
                    continue;
                }
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    list(child, key + "/", prefix, keys);
                } else if (inside && Files.isRegularFile(child)) {
                    keys.add(key);
                }
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            // Deleted meanwhile, never there, or not to be listed: it holds no keys for us.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private boolean isPrunable(Path folder) {
        boolean below = folder.startsWith(root) && !folder.equals(root);
        return (below || made.contains(folder)) && !Files.isSymbolicLink(folder);
    }

    /** The direct child of {@code folder} with this name, which is a part of {@code key}. */
    static Path child(Path folder, String part, String key) {
        if (part.isEmpty() || part.equals(".") || part.equals("..") || LocalTemp.isReserved(part)) {
            throw invalid(key, "has an empty, '.', '..' or reserved part");
        }
        try {
            Path child = folder.resolve(part);
            // What the system reads as more than one name (a backslash, a drive) is none.
            if (folder.equals(child.getParent()) && part.equals(String.valueOf(child.getFileName()))) {
                return child;
            }
        } catch (InvalidPathException e) {
            throw invalid(key, "can't be a file name here (" + e.getReason() + ")");
        }
        throw invalid(key, "can't be a file name here");
    }

    private static TranscodeException invalid(String key, String reason) {
        return new TranscodeException(
                FailureCode.INVALID_JOB, "cannot use key '" + key + "' in a folder: it " + reason);
    }
}
