package dev.transcode.verify;

import java.time.Duration;

/**
 * How far a number may lie from what was measured. What we made ourselves was written from measured facts, so nothing but
 * rounding is forgiven and nothing may be missing; other packagers leave out what RFC 8216 does not demand.
 *
 * @param extinf between EXTINF and the real duration of a segment
 * @param rateBelow by which part BANDWIDTH may be below the measured rate
 * @param rateAbove by which part it may be above
 * @param frameRate frames a second
 * @param complete whether what is only recommended has to be there
 */
record Tolerance(Duration extinf, double rateBelow, double rateAbove, double frameRate, boolean complete) {
    /** Sound and picture may end, and start, so far apart. */
    static final Duration ENDS = Duration.ofMillis(100);

    /** A segment shorter than this makes players hang, unless it is the only one (hls.js #7646). */
    static final Duration SHORTEST_SEGMENT = Duration.ofMillis(500);

    static final Tolerance OURS = new Tolerance(Duration.ofMillis(1), 0.01, 0.01, 0.002, true);

    static final Tolerance FOREIGN = new Tolerance(Duration.ofMillis(100), 0.10, 1.00, 0.1, false);
}
