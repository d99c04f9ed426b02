package dev.transcode.cli;

import dev.transcode.internal.FileErrors;
import dev.transcode.job.FailureCode;
import dev.transcode.job.LadderJson;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.LadderText;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.Profile;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.VideoCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is encoded and how: the same options for every command that plans. */
final class EncodeOptions {
    @ArgGroup(exclusive = true)
    private @Nullable Rungs rungs;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "medium",
            description = "ultrafast ... veryslow (default: ${DEFAULT-VALUE}).")
    private Preset preset = Preset.MEDIUM;

    @Option(
            names = "--rate-control",
            paramLabel = "MODE",
            defaultValue = "bitrate",
            description = "bitrate (the rung's, bounded by a VBV buffer) or crf (constant quality, capped by it)"
                    + " (default: ${DEFAULT-VALUE}).")
    private RateControl rateControl = RateControl.BITRATE;

    @Option(
            names = "--crf",
            paramLabel = "N",
            defaultValue = "21",
            description = "Quality for --rate-control crf, 0 to 51, lower is better (default: ${DEFAULT-VALUE}).")
    private int crf = 21;

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            defaultValue = "h264",
            description = "Video codec: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private VideoCodec codec = VideoCodec.H264;

    @Option(
            names = "--max-fps",
            paramLabel = "N",
            defaultValue = "60",
            description = "Frames a second that are never exceeded (default: ${DEFAULT-VALUE}).")
    private int maxFps = 60;

    @Option(
            names = "--segment-seconds",
            paramLabel = "N",
            defaultValue = "4",
            description = "Length of an HLS segment: 2, 4, 6, 8 or 10 (default: ${DEFAULT-VALUE}).")
    private int segmentSeconds = 4;

    /** A ladder is named or given, not both. */
    static final class Rungs {
        @Option(
                names = "--profile",
                paramLabel = "NAME",
                description = "A named ladder, see 'transcode profiles' (default: roku-hls).")
        private @Nullable String profile;

        @Option(
                names = "--ladder",
                paramLabel = "RUNGS",
                description = "Rungs as 720p:4M:128k,480p:2M:96k (height, video, audio), or @FILE with the JSON of a"
                        + " job's ladder.")
        private @Nullable String ladder;
    }

    EncodeSettings settings() {
        try {
            return new EncodeSettings(codec, preset, rateControl, crf, maxFps, segmentSeconds);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    Ladder ladder() {
        if (rungs == null) {
            return Profile.ROKU_HLS.ladder();
        }
        if (rungs.profile != null) {
            return profile(rungs.profile);
        }
        String text = String.valueOf(rungs.ladder);
        try {
            return text.startsWith("@") ? LadderJson.parse(read(Path.of(text.substring(1)))) : LadderText.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Ladder profile(String name) {
        return Profile.named(name)
                .orElseThrow(() -> invalid("there is no profile '" + name + "'; there are "
                        + Profile.all().stream().map(Profile::name).collect(Collectors.joining(", "))))
                .ladder();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new TranscodeException(
                    FailureCode.INPUT_NOT_FOUND, "cannot read the ladder from " + FileErrors.reason(e), e);
        }
    }

    private static CommandException invalid(String message) {
        return new CommandException(
                ExitCode.USAGE, "invalid_job", message, "Correct the option; --help tells what each takes.");
    }
}
