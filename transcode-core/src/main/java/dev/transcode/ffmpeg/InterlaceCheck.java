package dev.transcode.ffmpeg;

import dev.transcode.media.FieldOrder;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the field order by looking at the picture, with ffmpeg's filter {@code idet}, where the header does not tell.
 *
 * <p>Done only for codecs that cameras and broadcasters use interlaced, and for heights of interlaced television; 300
 * frames are decoded at most, which takes a second or two.
 */
final class InterlaceCheck {
    private static final Set<String> CODECS =
            Set.of("h264", "mpeg2video", "vc1", "dvvideo", "v210", "dnxhd", "ffv1", "huffyuv", "rawvideo");
    private static final Set<Integer> HEIGHTS = Set.of(480, 486, 512, 576, 608, 1080, 1088);
    private static final Pattern VERDICT = Pattern.compile(
            "Multi frame detection: TFF:\\s*(\\d+) BFF:\\s*(\\d+) Progressive:\\s*(\\d+) Undetermined:\\s*(\\d+)");

    private InterlaceCheck() {}

    /** Whether it is worth looking. */
    static boolean isWanted(StreamHeader stream) {
        VideoHeader video = stream.video();
        return video != null
                && !stream.still()
                && video.fieldOrder() == FieldOrder.UNKNOWN
                && CODECS.contains(stream.codec())
                && HEIGHTS.contains(video.height());
    }

    /** ffmpeg's arguments after the input. */
    static List<String> arguments(StreamHeader stream) {
        return List.of("-map", "0:" + stream.index(), "-frames:v", "300", "-vf", "idet", "-f", "null", "-");
    }

    /**
     * Reads what {@code idet} says at its end. More than half of what it is sure of must be interlaced, and clearly one
     * of the two orders.
     */
    static FieldOrder parse(List<String> log) {
        FieldOrder found = FieldOrder.UNKNOWN;
        for (String line : log) {
            Matcher verdict = VERDICT.matcher(line);
            if (verdict.find()) {
                found = judge(count(verdict, 1), count(verdict, 2), count(verdict, 3));
            }
        }
        return found;
    }

    private static FieldOrder judge(long top, long bottom, long progressive) {
        if (top + bottom <= progressive) {
            return progressive > 0 ? FieldOrder.PROGRESSIVE : FieldOrder.UNKNOWN;
        }
        if (top > 4 * bottom) {
            return FieldOrder.TOP_FIRST;
        }
        return bottom > 4 * top ? FieldOrder.BOTTOM_FIRST : FieldOrder.UNKNOWN;
    }

    private static long count(Matcher verdict, int group) {
        return Long.parseLong(verdict.group(group));
    }
}
