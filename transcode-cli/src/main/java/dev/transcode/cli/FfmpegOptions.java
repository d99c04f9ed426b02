package dev.transcode.cli;

import dev.transcode.ffmpeg.FfmpegInstallation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which FFmpeg a command uses. */
final class FfmpegOptions {
    @Option(
            names = "--ffmpeg",
            paramLabel = "DIR",
            description = "FFmpeg to use: a directory, 'path' or 'bundled' (default: TRANSCODE_FFMPEG, else the one on"
                    + " PATH if it is able, else the bundled one).")
    private @Nullable String ffmpeg;

    /** Whether one was asked for on the command line. */
    boolean isChosen() {
        return ffmpeg != null;
    }

    FfmpegInstallation find() {
        Map<String, String> env = new HashMap<>(System.getenv());
        if (ffmpeg != null) {
            env.put("TRANSCODE_FFMPEG", ffmpeg);
        }
        return FfmpegInstallation.find(env);
    }
}
