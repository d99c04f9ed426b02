package dev.transcode.verify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A package in a folder. Nothing outside the folder is read, whatever the playlists say. An address on the web, as a
 * package with a public base has, is taken for the file in the folder that its path ends with.
 */
public final class LocalPackage implements PackageSource {
    private final Path root;

    /** @param root an existing folder */
    public LocalPackage(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    /** Address of a file in the folder. */
    public URI address(String fileName) {
        return root.resolve(fileName).toUri();
    }

    @Override
    public Optional<Path> fetch(URI resource, long maxBytes) throws IOException {
        String path = String.valueOf(resource.getPath());
        if (path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Optional<Path> file = "file".equalsIgnoreCase(resource.getScheme()) ? inside(Path.of(path)) : byEnding(path);
        if (file.isPresent() && Files.size(file.get()) > maxBytes) {
            throw new IOException("it is longer than " + maxBytes + " bytes");
        }
        return file;
    }

    @Override
    public void release(URI resource) {
        // The files are the user's.
    }

    private Optional<Path> byEnding(String path) throws IOException {
        String ending = path;
        while (ending.startsWith("/")) {
            Optional<Path> file = inside(root.resolve(ending.substring(1)));
            if (file.isPresent()) {
                return file;
            }
            ending = ending.substring(Math.max(1, ending.indexOf('/', 1)));
        }
        return Optional.empty();
    }

    private Optional<Path> inside(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw new IOException("it lies outside the package's folder");
        }
        return Optional.of(real);
    }
}
