package dev.transcode.ladder;

import static dev.transcode.media.FindingCode.LEVEL_ABOVE_ROKU;
import static dev.transcode.media.FindingCode.SEGMENT_ABOVE_ROKU;

import dev.transcode.media.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What Roku's devices take; beyond it a rendition is made all the same, with a finding. */
final class RokuLimits {
    /** H.264 level 4.2 (ITU-T H.264, table A-1): macroblocks a frame and a second. */
    private static final long MAX_FRAME_MACROBLOCKS = 8_704;

    private static final long MAX_MACROBLOCK_RATE = 522_240;

    /** Two segments must fit the 20.5 MB buffer of a small model, with slack. */
    private static final double MAX_SEGMENT_BYTES = 7.7e6;

    private RokuLimits() {}

    static void check(Rendition rendition, Duration segment, List<Finding> findings) {
        long macroblocks =
                (rendition.size().width() + 15L) / 16 * ((rendition.size().height() + 15L) / 16);
        if (macroblocks > MAX_FRAME_MACROBLOCKS
                || macroblocks * rendition.frameRate().value() > MAX_MACROBLOCK_RATE) {
            findings.add(new Finding(
                    LEVEL_ABOVE_ROKU,
                    rendition.name() + " is " + rendition.size() + " at " + rendition.frameRate()
                            + " frames a second, above H.264 level 4.2",
                    "made as asked; Roku may not play it"));
        }
        double bytes = rendition.maxRate().bitsPerSecond() / 8.0 * segment.toNanos() / 1e9;
        if (bytes > MAX_SEGMENT_BYTES) {
            findings.add(new Finding(
                    SEGMENT_ABOVE_ROKU,
                    String.format(Locale.ROOT, "a segment of %s may have %.1f MB", rendition.name(), bytes / 1e6),
                    "made as asked; small Roku models may stall, shorter segments or a lower bitrate help"));
        }
    }
}
