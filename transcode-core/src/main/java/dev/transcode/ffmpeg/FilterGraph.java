package dev.transcode.ffmpeg;

import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import dev.transcode.ladder.VideoInput;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.Resolution;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The filter graphs of a plan: the fixes once, then one branch for each rendition. Pure.
 *
 * <p>The time stamps that come in are the file's own, so the plan's start can be taken off exactly. The picture is cut at the plan's last frame, and repeated at the end only as far as a missing end is tolerated: what is shorter than
 * planned after that has really lost something, and verification sees it.
 */
final class FilterGraph {
    private FilterGraph() {}

    /** The picture's graph; its outputs are named as the renditions' folders. */
    static String video(EncodePlan plan, VideoInput input) {
        List<String> chains = new ArrayList<>();
        ColorConversion color = ColorConversion.of(input.color(), input.pixelFormat(), input.displaySize());
        List<String> fixes = new ArrayList<>();
        if (input.fieldOrder().isInterlaced()) {
            String parity = input.fieldOrder() == FieldOrder.TOP_FIRST ? "tff" : "bff";
            fixes.add("bwdif=mode=send_frame:parity=" + parity + ":deint=all");
        }
        // Captions, time codes, the mastering display: the output declares none, or they are no longer true.
        fixes.add("sidedata=mode=delete");
        fixes.add("setpts=PTS-(" + seconds(plan.start()) + ")/TB");
        fixes.add("fps=" + input.frameRate() + ":start_time=0");
        fixes.add("tpad=stop_mode=clone:stop_duration=" + seconds(input.hold().plus(tolerance(plan.duration()))));
        fixes.add("trim=end_frame=" + input.frames());
        fixes.addAll(color.filtersAt(largest(plan)));
        StringBuilder split = new StringBuilder("[0:" + input.streamIndex() + "]")
                .append(String.join(",", fixes))
                .append(",split=")
                .append(plan.renditions().size());
        for (Rendition rendition : plan.renditions()) {
            split.append("[s").append(plan.directoryOf(rendition)).append(']');
        }
        chains.add(split.toString());
        for (Rendition rendition : plan.renditions()) {
            String folder = plan.directoryOf(rendition);
            chains.add("[s" + folder + "]" + branch(rendition, input, color) + "[" + folder + "]");
        }
        return String.join(";", chains);
    }

    private static String branch(Rendition rendition, VideoInput input, ColorConversion color) {
        List<String> filters = new ArrayList<>();
        long divisor =
                Math.round(input.frameRate().value() / rendition.frameRate().value());
        if (divisor > 1) {
            filters.add("framestep=" + divisor);
        }
        Resolution size = rendition.size();
        filters.add("scale=" + size.width() + ":" + size.height() + color.scaleOptions());
        filters.add("setsar=1");
        filters.add("format=yuv420p");
        filters.add(color.tagFilter());
        return String.join(",", filters);
    }

    /** The sound's graph; its outputs are named as the audio renditions' folders, of which there is at least one. */
    static String audio(EncodePlan plan) {
        StringBuilder chain = new StringBuilder(String.format(
                Locale.ROOT,
                "[0:%d]asetpts=PTS-(%s)/TB,aresample=async=1:first_pts=0,"
                        + "aformat=sample_fmts=fltp:sample_rates=%d:channel_layouts=stereo,apad,atrim=end=%s,asplit=%d",
                plan.audio().get(0).streamIndex(),
                seconds(plan.start()),
                AudioRendition.SAMPLE_RATE,
                seconds(plan.duration()),
                plan.audio().size()));
        for (AudioRendition rendition : plan.audio()) {
            chain.append('[').append(plan.directoryOf(rendition)).append(']');
        }
        return chain.toString();
    }

    /** How much of the end may be missing: 2 %, and half a second at least. */
    static Duration tolerance(Duration duration) {
        Duration twoPercent = duration.dividedBy(50);
        Duration least = Duration.ofMillis(500);
        return twoPercent.compareTo(least) > 0 ? twoPercent : least;
    }

    private static Resolution largest(EncodePlan plan) {
        Resolution largest = plan.renditions().get(0).size();
        for (Rendition rendition : plan.renditions()) {
            if (rendition.size().pixels() > largest.pixels()) {
                largest = rendition.size();
            }
        }
        return largest;
    }

    private static String seconds(Duration duration) {
        return FfmpegCommand.seconds(duration, RoundingMode.HALF_UP);
    }
}
