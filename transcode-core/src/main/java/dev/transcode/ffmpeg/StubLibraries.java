package dev.transcode.ffmpeg;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stand-ins for libraries that the bundle names and a machine with only a JDK lacks: libxcb, libasound, libpulse,
 * libudev. They are called only to capture from a screen or a sound card, which nobody does here, and their functions
 * are bound when first called; so it is enough that the loader finds the names.
 *
 * <p>Used by one thread; several processes may add the same stub at once.
 */
final class StubLibraries {
    private static final Pattern MISSING =
            Pattern.compile("error while loading shared libraries: (lib[A-Za-z0-9_+.-]+): cannot open shared object.*");

    /** Called all the time: a stub for one of these would only make the program crash later. */
    private static final Pattern ESSENTIAL = Pattern.compile(
            "(libc|libm|libmvec|libgcc_s|libstdc\\+\\+|libpthread|libdl|librt|libz|libav\\w+|libsw\\w+|ld-linux.*)\\.so.*");

    private final FfmpegBundle.Unpacked bundle;
    private final Set<String> added = new HashSet<>();
    private boolean cleared;

    StubLibraries(FfmpegBundle.Unpacked bundle) {
        this.bundle = bundle;
    }

    /**
     * Mends what made the loader refuse to start the program, if it can be mended.
     *
     * @return whether it is worth starting it again
     */
    boolean addFor(ToolExit exit) {
        try {
            for (String line : exit.lastLines()) {
                Matcher missing = MISSING.matcher(line);
                if (missing.find()) {
                    return add(missing.group(1));
                }
            }
            return clear();
        } catch (IOException e) {
            // Then the program's own complaint about the library is the best there is to say.
            return false;
        }
    }

    private boolean add(String soname) throws IOException {
        if (ESSENTIAL.matcher(soname).matches() || !added.add(soname)) {
            return false;
        }
        Files.createDirectories(bundle.stubs());
        byte[] stub =
                StubLibrary.bytes(ElfReader.machine(bundle.directory().resolve("ffmpeg")), soname, versionsOf(soname));
        Path own = Files.createTempFile(bundle.stubs(), ".stub", null);
        try {
            Files.write(own, stub);
            Files.move(own, bundle.stubs().resolve(soname), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(own);
        }
        return true;
    }

    /** The versions that any file of the bundle asks of {@code soname}. */
    private Set<String> versionsOf(String soname) throws IOException {
        Set<String> versions = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(bundle.directory())) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    versions.addAll(ElfReader.needed(file).getOrDefault(soname, Set.of()));
                }
            }
        }
        return versions;
    }

    /**
     * Removes all stubs, once: a library installed since may need the real one of what is a stub here.
     *
     * @return whether there was any
     */
    private boolean clear() throws IOException {
        if (cleared || !added.isEmpty() || !Files.isDirectory(bundle.stubs())) {
            return false;
        }
        cleared = true;
        try (DirectoryStream<Path> stubs = Files.newDirectoryStream(bundle.stubs())) {
            for (Path stub : stubs) {
                Files.deleteIfExists(stub);
            }
        }
        return true;
    }
}
