package dev.transcode.media;

import java.time.Duration;

/**
 * What a track really holds, measured over all its packets; headers lie.
 *
 * @param start presentation time of the first sample, in the file's own time line; may be negative
 * @param end presentation time at which the last sample ends
 * @param packets number of packets that are presented; for video of frames, two fields being one frame
 * @param keyframes number of packets that are keyframes
 */
public record TrackScan(Duration start, Duration end, long packets, long keyframes) {
    /** A track without a packet. */
    public static final TrackScan EMPTY = new TrackScan(Duration.ZERO, Duration.ZERO, 0, 0);

    public Duration duration() {
        return end.minus(start);
    }

    public boolean isEmpty() {
        return packets == 0;
    }
}
