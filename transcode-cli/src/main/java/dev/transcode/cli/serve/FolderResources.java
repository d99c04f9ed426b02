package dev.transcode.cli.serve;

import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.Resource;
import io.undertow.server.handlers.resource.ResourceChangeListener;
import io.undertow.server.handlers.resource.ResourceManager;
import io.undertow.util.ETag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The plain files of one folder. What is outside does not exist, whatever the path says and wherever a symbolic link
 * leads: links are followed first and the file's real place is judged. Names that start with a dot do not exist either.
 */
final class FolderResources implements ResourceManager {
    /** Above this a file goes from disk to socket without a copy in this process. */
    private static final long TRANSFER_MIN_BYTES = 64 << 10;

    private final Path root;
    private final ResourceManager files;

    /** @throws IOException if the folder cannot be read */
    FolderResources(Path folder) throws IOException {
        this.root = folder.toRealPath();
        this.files = PathResourceManager.builder()
                .setBase(root)
                .setTransferMinSize(TRANSFER_MIN_BYTES)
                .setETagFunction(FolderResources::tag)
                .build();
    }

    @Override
    public @Nullable Resource getResource(String path) {
        try {
            Path file = root.resolve(path.startsWith("/") ? path.substring(1) : path);
            if (hasHiddenPart(path) || path.indexOf('\\') >= 0) {
                return null;
            }
            Path real = file.toRealPath();
            if (!real.startsWith(root) || !Files.isRegularFile(real)) {
                return null;
            }
            return files.getResource(root.relativize(real).toString());
        } catch (IOException | InvalidPathException missing) {
            return null;
        }
    }

    @Override
    public boolean isResourceChangeListenerSupported() {
        return false;
    }

    @Override
    public void registerResourceChangeListener(ResourceChangeListener listener) {
        throw new UnsupportedOperationException("changes are not watched");
    }

    @Override
    public void removeResourceChangeListener(ResourceChangeListener listener) {
        throw new UnsupportedOperationException("changes are not watched");
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private static boolean hasHiddenPart(String path) {
        return path.startsWith(".") || path.contains("/.");
    }

    /** Size and time of the last change: another file of the same name has another tag. */
    private static @Nullable ETag tag(Path file) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            long changed = facts.lastModifiedTime().toMillis();
            return new ETag(false, Long.toHexString(facts.size()) + "-" + Long.toHexString(changed));
        } catch (IOException gone) {
            return null;
        }
    }
}
