package dev.transcode.ffmpeg;

import dev.transcode.media.FrameRate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame rate as measured over a whole track.
 *
 * @param rate of a constant rate its exact fraction, else the average
 * @param variable whether the distances between frames really differ: rounding of time stamps, a dropped frame in a
 *     hundred and a pause do not count
 * @param gapNanos of a constant rate the time in pauses, where there is no frame
 */
record FrameTiming(FrameRate rate, boolean variable, long gapNanos) {
    private static final List<FrameRate> STANDARD = List.of(
            new FrameRate(24_000, 1_001),
            FrameRate.of(24),
            FrameRate.of(25),
            new FrameRate(30_000, 1_001),
            FrameRate.of(30),
            FrameRate.of(50),
            new FrameRate(60_000, 1_001),
            FrameRate.of(60),
            FrameRate.of(15),
            new FrameRate(15_000, 1_001),
            FrameRate.of(10),
            FrameRate.of(12),
            new FrameRate(25, 2),
            FrameRate.of(20),
            FrameRate.of(48),
            FrameRate.of(100),
            new FrameRate(120_000, 1_001),
            FrameRate.of(120));

    private static final FrameRate SINGLE_FRAME = FrameRate.of(25);
    private static final double ROUNDED_TO_MILLIS = 1_100_000;
    private static final double LONGEST_NANOS = 1e15;

    /**
     * Judges the distances between frames.
     *
     * @param frames presented
     * @param spanNanos from the first frame's start to the last one's end
     * @param tickNanos the time stamps' own grain
     * @param header what the header says; its fraction is kept where it agrees with what was measured
     */
    static FrameTiming of(
            IntervalHistogram intervals, long frames, long spanNanos, long tickNanos, VideoHeader header) {
        double usual = intervals.usual();
        if (frames < 2 || usual <= 0) {
            return new FrameTiming(headerRate(header), false, 0);
        }
        // 0.4 of the distance: with a tick of a whole frame (AVI) a dropped frame must not look like rounding.
        double tolerance = Math.min(Math.max(ROUNDED_TO_MILLIS, 1.1 * tickNanos), 0.4 * usual);
        long irregular = intervals.total() - intervals.within(usual, tolerance);
        double gaps = intervals.gaps(usual);
        double missing = Math.abs((spanNanos - gaps) / usual - frames);
        boolean constant = irregular <= Math.min(Math.max(3, intervals.total() / 50), intervals.total() / 4)
                && missing <= Math.max(3.5, frames / 100.0);
        if (constant) {
            // Time stamps may have been rounded to milliseconds by a container they were in before.
            boolean exact = intervals.within(usual, 1.1 * tickNanos + 1_000) == intervals.total();
            double grain = exact ? tickNanos : Math.max(tickNanos, 1_000_000);
            double error = Math.max(2e-5, 1.5 * grain / (usual * intervals.total()));
            return new FrameTiming(fraction(1e9 / usual, error, header), false, Math.round(gaps));
        }
        double average = frames * 1e9 / Math.min(LONGEST_NANOS, Math.max(1.0, (double) spanNanos));
        // The last frame's length is a guess: half a frame more or less.
        double error = Math.min(1e-3, Math.max(1e-4, 0.5 / frames));
        return new FrameTiming(fraction(average, error, header), true, 0);
    }

    private static FrameRate headerRate(VideoHeader header) {
        FrameRate rate = header.average();
        return rate == null || rate.value() > 120 || rate.value() < 1 ? SINGLE_FRAME : rate;
    }

    /** The exact fraction behind a measured rate: a standard one that the header names, a standard one, the header's. */
    private static FrameRate fraction(double measured, double error, VideoHeader header) {
        List<FrameRate> named = new ArrayList<>();
        addIfKnown(named, header.average());
        addIfKnown(named, header.real());
        List<FrameRate> namedStandards = new ArrayList<>(named);
        namedStandards.retainAll(STANDARD);
        for (List<FrameRate> candidates : List.of(namedStandards, STANDARD, named)) {
            FrameRate nearest = nearest(candidates, measured);
            if (nearest != null && distance(nearest, measured) <= error) {
                return nearest;
            }
        }
        return new FrameRate(Math.max(1, Math.round(measured * 1_000)), 1_000);
    }

    private static @Nullable FrameRate nearest(List<FrameRate> rates, double measured) {
        FrameRate nearest = null;
        for (FrameRate rate : rates) {
            if (nearest == null || distance(rate, measured) < distance(nearest, measured)) {
                nearest = rate;
            }
        }
        return nearest;
    }

    private static double distance(FrameRate rate, double measured) {
        return Math.abs(rate.value() / measured - 1);
    }

    private static void addIfKnown(List<FrameRate> rates, @Nullable FrameRate rate) {
        if (rate != null) {
            rates.add(rate);
        }
    }
}
