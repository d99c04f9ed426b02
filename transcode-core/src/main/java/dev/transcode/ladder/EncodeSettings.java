package dev.transcode.ladder;

import java.util.OptionalInt;

/**
 * How a job is encoded, beside its ladder.
 *
 * @param codec of every rung that names none
 * @param preset of every rung that names none
 * @param rateControl of every rung
 * @param crf quality for {@link RateControl#CRF}, 0 (lossless) to 51; default 21
 * @param maxFps frames a second that are never exceeded, 1 to 120; default 60
 * @param segmentSeconds length of an HLS segment, 2 to 10, even; rounded to whole GOPs of 2 s
 */
public record EncodeSettings(
        VideoCodec codec, Preset preset, RateControl rateControl, int crf, int maxFps, int segmentSeconds) {
    /** H.264, medium, by bitrate, at most 60 frames a second, segments of 4 s. */
    public static final EncodeSettings DEFAULT =
            new EncodeSettings(VideoCodec.H264, Preset.MEDIUM, RateControl.BITRATE, 21, 60, 4);

    public EncodeSettings {
        checkCrf(OptionalInt.of(crf));
        checkMaxFps(OptionalInt.of(maxFps));
        if (segmentSeconds < 2 || segmentSeconds > 10 || segmentSeconds % 2 != 0) {
            throw new IllegalArgumentException("segment seconds must be 2, 4, 6, 8 or 10: " + segmentSeconds);
        }
    }

    static void checkCrf(OptionalInt crf) {
        if (crf.isPresent() && (crf.getAsInt() < 0 || crf.getAsInt() > 51)) {
            throw new IllegalArgumentException("crf must be 0 to 51: " + crf.getAsInt());
        }
    }

    static void checkMaxFps(OptionalInt maxFps) {
        if (maxFps.isPresent() && (maxFps.getAsInt() < 1 || maxFps.getAsInt() > 120)) {
            throw new IllegalArgumentException("max fps must be 1 to 120: " + maxFps.getAsInt());
        }
    }
}
