package dev.transcode.ffmpeg;

/**
 * How often which distance between two frames was seen: constant memory for a film of any length. Distances of two
 * seconds and more share one bin. Not thread-safe.
 */
final class IntervalHistogram {
    private static final long BIN_NANOS = 100_000;
    private static final int BINS = 20_001;
    private static final double SHORTEST_GAP = 2e8;

    private final int[] counts = new int[BINS];
    private final long[] sums = new long[BINS];
    private long total;

    /** @param nanos at least 0 */
    void add(long nanos) {
        int bin = (int) Math.min(BINS - 1, nanos / BIN_NANOS);
        counts[bin]++;
        sums[bin] += nanos;
        total++;
    }

    long total() {
        return total;
    }

    /**
     * The usual distance in nanoseconds: the mean of all that lie within a quarter of the median. What lies between is
     * the rounding of time stamps (41 and 42 ms at 24 frames a second), which a mean takes out; what lies beyond are
     * dropped frames and pauses. 0 without frames.
     */
    double usual() {
        long rank = 0;
        int median = 0;
        while (median < BINS - 1 && (rank += counts[median]) * 2 < total) {
            median++;
        }
        if (counts[median] == 0) {
            return 0;
        }
        double middle = (double) sums[median] / counts[median];
        return meanBetween(middle * 0.75, middle * 1.25);
    }

    /** How many distances differ from {@code nanos} by at most {@code tolerance}, to the width of a bin. */
    long within(double nanos, double tolerance) {
        long found = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0 && Math.abs((double) sums[bin] / counts[bin] - nanos) <= tolerance) {
                found += counts[bin];
            }
        }
        return found;
    }

    /**
     * Time without a frame, in nanoseconds: what distances of more than five usual ones (and 0.2 s) have beyond one.
     *
     * @param usual the usual distance
     */
    double gaps(double usual) {
        double gaps = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0 && (double) sums[bin] / counts[bin] > Math.max(SHORTEST_GAP, 5 * usual)) {
                gaps += sums[bin] - counts[bin] * usual;
            }
        }
        return gaps;
    }

    private double meanBetween(double low, double high) {
        double sum = 0;
        long count = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double mean = counts[bin] == 0 ? -1 : (double) sums[bin] / counts[bin];
            if (mean >= low && mean <= high) {
                sum += sums[bin];
                count += counts[bin];
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
