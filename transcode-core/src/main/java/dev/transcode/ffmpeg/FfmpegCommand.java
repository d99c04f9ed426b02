package dev.transcode.ffmpeg;

import dev.transcode.encode.Encoder;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.Rendition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as FFmpeg's argument list: one process, one decode, one HLS output for each rendition. Pure.
 *
 * <p>Why it looks as it does: key frames come by count alone; {@code -hls_time} is rounded down, because a microsecond
 * too many misses a key frame; {@code -avoid_negative_ts disabled} keeps FFmpeg from writing empty edits, by which MSE
 * players play sound 59 ms early; options after an output's path would be ignored.
 */
public final class FfmpegCommand {
    private static final String MAX_REFERENCES = "4";
    private static final String MAX_B_FRAMES = "3";

    /**
     * Drops the encoder's first packet, which is all priming (1,024 samples before 0). With it the track needs an edit
     * that takes 21 ms off; Chromium's own HLS player puts the first packet at 0 whatever the edit says, and would play
     * all sound 21.3 ms late (measured by flash and beep). Without it every player is right, and the sound fades in over
     * its first 10 ms.
     */
    private static final String NO_PRIMING = "noise=drop=eq(n\\,0)";

    private FfmpegCommand() {}

    /**
     * The arguments after the program's name.
     *
     * @param sourceOptions placed before the source
     * @param source the input, a local file
     * @param directory where the renditions' folders are
     * @param cores that the encoder may use, at least 1
     */
    public static List<String> encode(
            EncodePlan plan, List<String> sourceOptions, Path source, Path directory, int cores) {
        List<String> args = new ArrayList<>(List.of(
                "-hide_banner",
                "-nostdin",
                "-y",
                "-v",
                "level+verbose",
                "-nostats",
                "-progress",
                "pipe:1",
                "-stats_period",
                "0.5",
                "-benchmark"));
        args.addAll(sourceOptions);
        args.addAll(List.of("-i", "file:" + source));
        plan.video().ifPresent(input -> args.addAll(List.of("-filter_complex", FilterGraph.video(plan, input))));
        if (!plan.audio().isEmpty()) {
            args.addAll(List.of("-filter_complex", FilterGraph.audio(plan)));
        }
        for (Rendition rendition : plan.renditions()) {
            String folder = plan.directoryOf(rendition);
            args.addAll(List.of("-map", "[" + folder + "]"));
            args.addAll(video(rendition));
            int threads = EncoderThreads.of(rendition, plan.renditions(), cores);
            args.addAll(List.of("-threads", Integer.toString(threads)));
            args.addAll(hls(plan, directory.resolve(folder)));
        }
        for (AudioRendition rendition : plan.audio()) {
            String folder = plan.directoryOf(rendition);
            args.addAll(List.of("-map", "[" + folder + "]"));
            args.addAll(List.of(
                    "-c:a",
                    "aac",
                    "-profile:a",
                    "aac_low",
                    "-b:a",
                    Long.toString(rendition.bitrate().bitsPerSecond()),
                    "-bsf:a",
                    NO_PRIMING));
            args.addAll(hls(plan, directory.resolve(folder)));
        }
        return List.copyOf(args);
    }

    /**
     * A stream copy of {@code tracks} into one MP4 whose moov comes first. Without {@code -copyts} FFmpeg before 6 moves
     * each input to start at 0, the sound by its priming: it would play 21 ms late.
     */
    static List<String> remux(List<Encoder.Remux> files) {
        List<String> args = new ArrayList<>(
                List.of("-hide_banner", "-nostdin", "-y", "-v", "level+warning", "-nostats", "-copyts"));
        List<String> outputs = new ArrayList<>();
        int input = 0;
        for (Encoder.Remux file : files) {
            for (Path track : file.tracks()) {
                args.addAll(List.of("-protocol_whitelist", "file", "-i", "file:" + track));
                outputs.addAll(List.of("-map", input++ + ":0"));
            }
            outputs.addAll(List.of("-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"));
            outputs.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "file:" + file.target()));
        }
        args.addAll(outputs);
        return List.copyOf(args);
    }

    private static List<String> video(Rendition rendition) {
        List<String> args = new ArrayList<>(List.of(
                "-fps_mode",
                "cfr",
                "-c:v",
                "libx264",
                "-preset",
                rendition.preset().wire(),
                "-profile:v",
                "high"));
        if (rendition.preset().compareTo(Preset.MEDIUM) > 0) {
            // The slow presets go beyond what a Roku's level allows; the others stay below by themselves.
            args.addAll(List.of("-refs", MAX_REFERENCES, "-bf", MAX_B_FRAMES));
        }
        String gop = Integer.toString(rendition.gopFrames());
        args.addAll(List.of("-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-flags", "+cgop"));
        if (rendition.rateControl() == RateControl.CRF) {
            // 0 is lossless, which the High profile is not.
            args.addAll(List.of("-crf", Integer.toString(Math.max(1, rendition.crf()))));
        } else {
            args.addAll(List.of("-b:v", Long.toString(rendition.bitrate().bitsPerSecond())));
        }
        args.addAll(List.of(
                "-maxrate", Long.toString(rendition.maxRate().bitsPerSecond()),
                "-bufsize", Long.toString(rendition.bufferBits())));
        return args;
    }

    private static List<String> hls(EncodePlan plan, Path folder) {
        return List.of(
                "-map_metadata",
                "-1",
                "-map_chapters",
                "-1",
                "-avoid_negative_ts",
                "disabled",
                "-f",
                "hls",
                "-hls_time",
                seconds(plan.segmentDuration(), RoundingMode.DOWN),
                "-hls_list_size",
                "0",
                "-hls_playlist_type",
                "vod",
                "-hls_segment_type",
                "fmp4",
                "-hls_flags",
                "independent_segments+temp_file",
                "-hls_fmp4_init_filename",
                "init.mp4",
                "-hls_segment_filename",
                folder.resolve("s%05d.m4s").toString(),
                folder.resolve("index.m3u8").toString());
    }

    /** Decimal seconds to the microsecond, as FFmpeg reads them: {@code 4.004}, {@code -0.021333}. */
    static String seconds(Duration duration, RoundingMode rounding) {
        return BigDecimal.valueOf(duration.toNanos(), 9)
                .setScale(6, rounding)
                .stripTrailingZeros()
                .toPlainString();
    }
}
