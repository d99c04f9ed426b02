package dev.transcode.hls;

import java.time.Duration;
import java.util.List;

/**
 * The bit rates of a series of segments (RFC 8216, 4.3.4.2). Pure.
 *
 * @param durations of each segment
 * @param bytes of each segment
 */
public record SegmentRates(List<Duration> durations, List<Long> bytes) {
    public SegmentRates {
        durations = List.copyOf(durations);
        bytes = List.copyOf(bytes);
        if (durations.size() != bytes.size()) {
            throw new IllegalArgumentException(durations.size() + " durations for " + bytes.size() + " segments");
        }
    }

    /** Bit/s over all segments, rounded up. */
    public long average() {
        long sum = 0;
        long nanos = 0;
        for (int i = 0; i < durations.size(); i++) {
            sum += bytes.get(i);
            nanos += durations.get(i).toNanos();
        }
        return rate(sum, nanos);
    }

    /**
     * The largest bit/s of any run of segments that lasts 0.5 to 1.5 target durations, rounded up; the average where no
     * run does, as in a film of a second.
     */
    public long peak(int targetDuration) {
        long least = targetDuration * 500_000_000L;
        long most = targetDuration * 1_500_000_000L;
        long peak = 0;
        for (int first = 0; first < durations.size(); first++) {
            long sum = 0;
            long nanos = 0;
            for (int i = first; i < durations.size() && nanos <= most; i++) {
                sum += bytes.get(i);
                nanos += durations.get(i).toNanos();
                if (nanos >= least && nanos <= most) {
                    peak = Math.max(peak, rate(sum, nanos));
                }
            }
        }
        return Math.max(peak, average());
    }

    private static long rate(long bytes, long nanos) {
        return nanos == 0 ? 0 : (long) Math.ceil(bytes * 8e9 / nanos);
    }
}
