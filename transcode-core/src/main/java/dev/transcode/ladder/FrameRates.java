package dev.transcode.ladder;

import dev.transcode.media.FrameRate;
import java.util.List;

/** The choice of a constant frame rate. */
final class FrameRates {
    /** Rates that players and encoders are at ease with, ascending. */
    private static final List<FrameRate> STANDARD = List.of(
            FrameRate.of(5),
            FrameRate.of(10),
            FrameRate.of(12),
            FrameRate.of(15),
            FrameRate.of(20),
            new FrameRate(24_000, 1_001),
            FrameRate.of(24),
            FrameRate.of(25),
            new FrameRate(30_000, 1_001),
            FrameRate.of(30),
            FrameRate.of(48),
            FrameRate.of(50),
            new FrameRate(60_000, 1_001),
            FrameRate.of(60),
            FrameRate.of(120));

    /** A measured average this close to a standard rate is that rate. */
    private static final double TOLERANCE = 0.995;

    /** FFmpeg's own bound for the terms of a rate (av_parse_video_rate). */
    private static final long MAX_TERM = 1_001_000;

    private FrameRates() {}

    /**
     * The constant rate of the output: a constant source keeps its fraction, a variable one gets the nearest standard
     * rate at or above its average. A rate above {@code maxFps} is divided by a whole number, so that frames are
     * dropped evenly.
     */
    static FrameRate constant(FrameRate source, boolean variable, int maxFps) {
        FrameRate rate = variable ? standardFrom(source) : encodable(source);
        int divisor = divisor(rate, maxFps);
        return divisor == 1 ? rate : rate.dividedBy(divisor);
    }

    /** The smallest whole number by which {@code rate} must be divided to be at most {@code maxFps}. */
    static int divisor(FrameRate rate, int maxFps) {
        return (int) Math.max(1, Math.ceil(rate.value() / maxFps - 0.001));
    }

    private static FrameRate standardFrom(FrameRate average) {
        for (FrameRate standard : STANDARD) {
            if (standard.value() >= average.value() * TOLERANCE) {
                return standard;
            }
        }
        return encodable(average);
    }

    private static FrameRate encodable(FrameRate rate) {
        if (rate.numerator() <= MAX_TERM && rate.denominator() <= MAX_TERM) {
            return rate;
        }
        return new FrameRate(Math.max(1, Math.round(rate.value() * 1_000)), 1_000);
    }
}
