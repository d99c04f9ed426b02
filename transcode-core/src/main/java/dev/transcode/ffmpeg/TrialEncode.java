package dev.transcode.ffmpeg;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an encoder works on this machine: a build that lists {@code h264_nvenc} says nothing of a graphics card. Found
 * out by encoding a few frames of a test picture.
 */
public final class TrialEncode {
    /** Encoders of H.264 that need hardware, in the order they are worth trying: NVIDIA, Intel, Intel and AMD, Apple. */
    private static final List<String> HARDWARE = List.of("h264_nvenc", "h264_qsv", "h264_vaapi", "h264_videotoolbox");

    private static final String FRAMES = "10";

    private TrialEncode() {}

    /**
     * How a trial ended.
     *
     * @param works whether the frames were encoded
     * @param took from start to end
     * @param reason why not, FFmpeg's own words; empty if it works
     */
    public record Outcome(String encoder, boolean works, Duration took, String reason) {}

    /** Names of the encoders that need hardware and that a build may have. */
    public static List<String> hardware() {
        return HARDWARE;
    }

    /**
     * Tries one.
     *
     * @param encoder as in {@code -c:v}
     * @param limit of the time it may take
     */
    public static Outcome run(FfmpegInstallation installation, String encoder, Duration limit) {
        long start = System.nanoTime();
        Failure slow = Failure.of(
                FailureCode.FFMPEG_STALLED,
                "encodes " + FRAMES + " frames in no less than " + limit.toSeconds() + " s");
        try {
            ToolExit exit = new ToolProcess(command(installation, encoder))
                    .environment(installation.environment())
                    .wallTime(limit, slow, System::nanoTime)
                    .run(new Cancellation());
            String reason = exit.isSuccess() ? "" : firstWords(exit);
            return new Outcome(encoder, exit.isSuccess(), exit.wall(), reason);
        } catch (TranscodeException e) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Outcome(encoder, false, took, e.failure().message());
        }
    }

    private static List<String> command(FfmpegInstallation installation, String encoder) {
        List<String> command =
                new ArrayList<>(List.of(installation.ffmpeg().toString(), "-hide_banner", "-nostdin", "-v", "error"));
        boolean vaapi = encoder.endsWith("_vaapi");
        if (vaapi) {
            command.addAll(List.of("-init_hw_device", "vaapi"));
        }
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30", "-frames:v", FRAMES, "-an"));
        // The picture must be in the card's memory, or in a form that the encoder takes there by itself.
        command.addAll(List.of("-vf", vaapi ? "format=nv12,hwupload" : "format=nv12"));
        command.addAll(List.of("-c:v", encoder, "-b:v", "500k", "-f", "null", "-"));
        return command;
    }

    /** The first line tells what is missing; the others what follows from it. */
    private static String firstWords(ToolExit exit) {
        return exit.lastLines().isEmpty()
                ? "ffmpeg " + exit.describe()
                : ProbeFailure.clean(exit.lastLines().get(0)).replaceFirst("^\\[[^]]*] ", "");
    }
}
