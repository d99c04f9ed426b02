package dev.transcode.ffmpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** An installation whose ffmpeg is a small sh script. */
final class StubFfmpeg {
    private StubFfmpeg() {}

    /**
     * @param directory where the script is put
     * @param script what it does when asked to encode; {@code $out} is the folder of the first track
     */
    static FfmpegInstallation installed(Path directory, String script) {
        Path program = directory.resolve("ffmpeg");
        try {
            Files.writeString(program, """
                    #!/bin/sh
                    case "$*" in *-decoders*) echo ' V....D h264   H.264'; exit 0 ;; esac
                    out=$(for a; do case "$a" in */v0/index.m3u8) echo "${a%/*}" ;; esac; done)
                    """ + script + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FfmpegInstallation(
                FfmpegInstallation.Source.EXPLICIT,
                program,
                directory.resolve("ffprobe"),
                "5.1",
                Map.of("PATH", "/usr/bin:/bin"));
    }
}
