package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.transcode.ffmpeg.FfmpegInstallation.Source;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts stand in for FFmpeg; there is no bundle. */
@Timeout(30)
class FfmpegFinderTest {
    private static final String GOOD = """
            echo started >> "${0%/*}/starts"
            {
                echo 'ffmpeg version 6.1 Copyright'
                echo '  built with gcc'
                echo '  configuration: --enable-libx264 --enable-libzimg'
            } >&2
            echo ' V....D h264   H.264'
            """;

    @TempDir
    Path directory;

    @Test
    void aGoodOneOnPathIsTakenWithTheEnvironmentItNeeds() {
        Path bin = programs("bin", GOOD);

        FfmpegInstallation found =
                find(Map.of("PATH", "/nowhere::" + bin, "LD_LIBRARY_PATH", "/opt/lib", "HOME", "/root", "SECRET", "x"));

        assertThat(found.source()).isEqualTo(Source.PATH);
        assertThat(found.ffmpeg()).isEqualTo(bin.resolve("ffmpeg"));
        assertThat(found.ffprobe()).isEqualTo(bin.resolve("ffprobe"));
        assertThat(found.version()).isEqualTo("6.1");
        assertThat(found.environment()).containsOnlyKeys("PATH", "LD_LIBRARY_PATH");
        assertThat(found).hasToString("ffmpeg 6.1 (path, " + bin.resolve("ffmpeg") + ")");
    }

    /** A start of Debian's FFmpeg takes as long as decoding a second of film. */
    @Test
    void oneStartTellsTheVersionAndTheDecoders() {
        Path bin = programs("bin", GOOD);

        FfmpegInstallation found = find(Map.of("PATH", bin.toString()));

        assertThat(found.decoders()).containsExactly("h264");
        assertThat(bin.resolve("starts")).hasContent("started");
    }

    @Test
    void aWrapperThatHidesTheBannerIsAskedForItsVersion() {
        Path bin = programs("bin", """
                case "$*" in
                  -version) echo 'ffmpeg version 6.0 Copyright'; echo 'configuration: --enable-libx264 --enable-libzimg' ;;
                  *) echo ' V....D hevc   HEVC' ;;
                esac""");

        FfmpegInstallation found = find(Map.of("PATH", bin.toString()));

        assertThat(found.version()).isEqualTo("6.0");
        assertThat(found.decoders()).containsExactly("hevc");
    }

    @Test
    void anExplicitDirectoryWinsOverPath() {
        Path path = programs("bin", GOOD);
        Path explicit = programs("mine", GOOD.replace("6.1", "7.0"));

        FfmpegInstallation found = find(Map.of("PATH", path.toString(), "TRANSCODE_FFMPEG", explicit.toString()));

        assertThat(found.source()).isEqualTo(Source.EXPLICIT);
        assertThat(found.version()).isEqualTo("7.0");
    }

    @Test
    void aBrokenExplicitOneIsNeverReplaced() {
        Path path = programs("bin", GOOD);
        Path broken = programs("mine", "echo 'no such library' >&2; exit 127");

        assertFails(
                Map.of("PATH", path.toString(), "TRANSCODE_FFMPEG", broken.toString()),
                "TRANSCODE_FFMPEG=" + broken,
                broken.resolve("ffmpeg") + " does not start: it exited 127: no such library");
        assertFails(Map.of("PATH", path.toString(), "TRANSCODE_FFMPEG", "/nowhere"), "/nowhere is no directory");
        assertFails(
                Map.of("PATH", path.toString(), "TRANSCODE_FFMPEG", "bundled"), "the bundle is not on the class path");
    }

    @Test
    void theRefusalSaysWhatWasLookedAtAndWhy() {
        Path old = programs("old", "echo 'ffmpeg version 4.4.2 Copyright' >&2");

        assertFails(
                Map.of("PATH", old.toString()),
                "is version 4.4.2, older than 5.1",
                "the bundle is not on the class path");
        assertFails(Map.of(), "PATH has no ffmpeg");
        assertFails(Map.of("TRANSCODE_FFMPEG", "path"), "PATH has no ffmpeg");
    }

    @Test
    void aBuildThatProvesNothingIsAsked() {
        Path lean = programs("lean", """
                echo 'ffmpeg version 6.0 Copyright' >&2
                case "$*" in
                  *-encoders) echo ' A....D aac   AAC' ;;
                  *-filters) echo ' .. scale V->V  Scale' ;;
                esac""");

        assertFails(Map.of("PATH", lean.toString()), "was built without libx264, zscale");
    }

    @Test
    void anOldGlibcIsToldAsSuch() {
        Path tooNew = programs(
                "new",
                "echo \"ffmpeg: /lib/libc.so.6: version \\`GLIBC_2.35' not found (required by ffmpeg)\" >&2; exit 1");

        assertFails(
                Map.of("PATH", tooNew.toString()),
                "it needs a newer glibc than this machine has",
                "install the package");
    }

    /** A program whose loader is missing, as glibc's is on Alpine: the kernel says that of the program itself. */
    @Test
    void aMachineWithoutGlibcIsToldAsSuch() throws IOException {
        assumeThat(ToolLauncher.get().makesSessions()).as("util-linux is there").isTrue();
        Path bin = programs("musl", GOOD);
        Files.writeString(bin.resolve("ffmpeg"), "#!/lib64/no-such-loader.so.2\n");

        assertFails(Map.of("PATH", bin.toString()), "this machine has no glibc: install the package ffmpeg");
    }

    @Test
    void ffprobeMustBeThereToo() throws IOException {
        Path bin = programs("bin", GOOD);
        Files.delete(bin.resolve("ffprobe"));

        assertFails(Map.of("PATH", bin.toString()), "but no ffprobe");
        assertFails(Map.of("TRANSCODE_FFMPEG", bin.toString()), "has no ffprobe");
    }

    private void assertFails(Map<String, String> env, String... parts) {
        assertThatThrownBy(() -> find(env))
                .hasMessageContainingAll(parts)
                .extracting(e -> ((TranscodeException) e).failure().code())
                .isEqualTo(FailureCode.FFMPEG_MISSING);
    }

    private FfmpegInstallation find(Map<String, String> env) {
        return new FfmpegFinder(new HashMap<>(env), new FfmpegBundle(Optional.empty(), List.of())).find();
    }

    private Path programs(String name, String script) {
        try {
            Path bin = Files.createDirectory(directory.resolve(name));
            for (String program : List.of("ffmpeg", "ffprobe")) {
                Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\n" + script + "\n");
                assertThat(file.toFile().setExecutable(true)).isTrue();
            }
            return bin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
