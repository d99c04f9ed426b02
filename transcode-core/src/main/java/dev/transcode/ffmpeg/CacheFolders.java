package dev.transcode.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where programs may be unpacked to. */
final class CacheFolders {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private CacheFolders() {}

    /** {@code $XDG_CACHE_HOME/transcode}, {@code ~/.cache/transcode}, and one of ours in the temporary directory. */
    static List<Path> candidates(Map<String, String> env) {
        List<Path> candidates = new ArrayList<>();
        String home = env.getOrDefault("HOME", System.getProperty("user.home", ""));
        String cache = env.getOrDefault("XDG_CACHE_HOME", "");
        addIfAbsolute(candidates, cache, "transcode");
        if (candidates.isEmpty()) {
            addIfAbsolute(candidates, home, ".cache/transcode");
        }
        addIfAbsolute(
                candidates,
                System.getProperty("java.io.tmpdir", ""),
                "transcode-" + System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_"));
        return candidates;
    }

    /**
     * Makes sure that {@code folder} exists and, where everybody can make folders beside it, that nobody else can have
     * put a program there.
     *
     * @throws IOException if it is not ours alone
     */
    static void requirePrivate(Path folder) throws IOException {
        createPrivate(folder);
        Path parent = folder.toRealPath().getParent();
        if (parent == null || !isPosix(folder) || !canBeWrittenByOthers(parent)) {
            return;
        }
        // The owner of a new file is who we are; there is no other way to ask in a container whose user has no name.
        Path probe = Files.createTempFile(folder, ".owner", null);
        boolean ours = Files.getOwner(folder).equals(Files.getOwner(probe));
        Files.delete(probe);
        if (!ours || Files.isSymbolicLink(folder) || canBeWrittenByOthers(folder)) {
            throw new IOException("others can write there");
        }
    }

    private static boolean canBeWrittenByOthers(Path folder) throws IOException {
        return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean isPosix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void createPrivate(Path folder) throws IOException {
        if (isPosix(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void addIfAbsolute(List<Path> candidates, String base, String name) {
        try {
            if (!base.isEmpty() && Path.of(base).isAbsolute()) {
                candidates.add(Path.of(base).resolve(name));
            }
        } catch (InvalidPathException e) {
            // Not a path here: the next candidate is as good.
            return;
        }
    }
}
