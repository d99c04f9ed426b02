package dev.transcode.hls;

import java.time.Duration;
import java.util.List;

/**
 * Decides how many segments remain when short tails are joined to the segment before. A tail of 0.02 s, which sound gets
 * exactly when a film's length is a multiple of the segment's, makes hls.js hang at the end (hls.js #7646). Pure.
 */
final class TailMerge {
    /** A last segment shorter than this is joined to the one before. */
    static final Duration SHORTEST = Duration.ofMillis(500);

    private TailMerge() {}

    /**
     * How many segments each track is left with, the last one holding all that follows: the same number for all of
     * them, so that their cut times stay equal.
     *
     * @param tracks durations of the segments of each track that must be cut alike; at least one track
     * @return at least 1: a film that is shorter than the limit is left as it is
     */
    static int remaining(List<List<Duration>> tracks) {
        int count = Integer.MAX_VALUE;
        for (List<Duration> durations : tracks) {
            count = Math.min(count, durations.size());
        }
        while (count > 1 && anyShorter(tracks, count - 1)) {
            count--;
        }
        return count;
    }

    private static boolean anyShorter(List<List<Duration>> tracks, int from) {
        for (List<Duration> durations : tracks) {
            Duration rest = Duration.ZERO;
            for (Duration duration : durations.subList(from, durations.size())) {
                rest = rest.plus(duration);
            }
            if (rest.compareTo(SHORTEST) < 0) {
                return true;
            }
        }
        return false;
    }
}
