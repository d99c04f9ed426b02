package dev.transcode.ffmpeg;

/**
 * The unit of a stream's time stamps, in seconds a tick, e.g. 1/90000.
 *
 * @param numerator at least 1
 * @param denominator at least 1
 */
record TimeBase(long numerator, long denominator) {
    private static final long NANOS = 1_000_000_000L;

    TimeBase {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException("time base must be positive: " + numerator + "/" + denominator);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not of the form {@code 1/90000} */
    static TimeBase parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("time base is not a fraction: " + text);
        }
        return new TimeBase(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    /** {@code ticks} in nanoseconds, to the nearest; saturates where a damaged file holds absurd times. */
    long nanos(long ticks) {
        // Whole seconds and the rest apart: ticks x 10^9 overflows within a film at MP3's 1/14112000.
        double seconds = (double) ticks * numerator / denominator;
        if (Math.abs(seconds) > 9e9) {
            return seconds > 0 ? Long.MAX_VALUE / 2 : Long.MIN_VALUE / 2;
        }
        long scaled = ticks * numerator;
        long whole = Math.floorDiv(scaled, denominator);
        long rest = Math.floorMod(scaled, denominator);
        return whole * NANOS + Math.round((double) rest * NANOS / denominator);
    }

    /** The length of one tick in nanoseconds, at least 1. */
    long tickNanos() {
        return Math.max(1, nanos(1));
    }
}
