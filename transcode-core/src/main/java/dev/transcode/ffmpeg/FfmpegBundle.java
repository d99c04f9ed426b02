package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The programs in the jar {@code org.bytedeco:ffmpeg}, unpacked once per user and machine to
 * {@code ${XDG_CACHE_HOME:-~/.cache}/transcode/ffmpeg-<version>-<platform>/}. Thread-safe.
 */
final class FfmpegBundle {
    private final Optional<BundleJar> jar;
    private final List<Path> caches;

    /** @param caches folders to unpack below, the best first */
    FfmpegBundle(Optional<BundleJar> jar, List<Path> caches) {
        this.jar = jar;
        this.caches = List.copyOf(caches);
    }

    /** The one for this platform, if its jar is there. */
    static FfmpegBundle onClassPath(Map<String, String> env) {
        return new FfmpegBundle(
                platform(System.getProperty("os.name"), System.getProperty("os.arch"))
                        .flatMap(BundleJar::find),
                CacheFolders.candidates(env));
    }

    /** The jar's name of a platform, e.g. {@code linux-x86_64-gpl}; empty if there is no bundle for it. */
    static Optional<String> platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm64";
            default -> "";
        };
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "macosx" : "";
        return arch.isEmpty() || system.isEmpty() ? Optional.empty() : Optional.of(system + "-" + arch + "-gpl");
    }

    /**
     * Unpacks it where that was not done before.
     *
     * @return where it is; empty if there is no bundle for this platform
     * @throws TranscodeException {@code ffmpeg_missing} if no cache folder can be used
     */
    Optional<Unpacked> unpack() {
        if (jar.isEmpty()) {
            return Optional.empty();
        }
        List<String> reasons = new ArrayList<>();
        for (Path cache : caches) {
            try {
                CacheFolders.requirePrivate(cache);
                Path directory = jar.get().unpackBelow(cache);
                if (!Files.isExecutable(directory.resolve("ffmpeg"))) {
                    throw new IOException("programs there cannot be executed (mounted noexec?)");
                }
                return Optional.of(new Unpacked(directory, directory.resolve("stubs")));
            } catch (IOException e) {
                reasons.add(cache + ": " + e);
            }
        }
        throw new TranscodeException(
                FailureCode.FFMPEG_MISSING,
                "cannot be unpacked (set XDG_CACHE_HOME to a folder that can be written): "
                        + String.join("; ", reasons));
    }

    /**
     * The programs on disk.
     *
     * @param directory holds {@code ffmpeg}, {@code ffprobe} and their libraries
     * @param stubs holds stand-ins for libraries that this machine lacks; need not exist
     */
    record Unpacked(Path directory, Path stubs) {
        /** The whole environment to start them with. */
        Map<String, String> environment() {
            return Map.of("LD_LIBRARY_PATH", directory + ":" + stubs);
        }
    }
}
