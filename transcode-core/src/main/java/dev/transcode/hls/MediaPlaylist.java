package dev.transcode.hls;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A playlist of segments (RFC 8216, 4.3.3).
 *
 * @param version EXT-X-VERSION; 1 if absent
 * @param targetDuration seconds that no segment's duration, rounded to the nearest, exceeds
 * @param mediaSequence number of the first segment
 * @param type empty = it may change at any time
 * @param independentSegments whether every segment can be decoded alone
 * @param iframesOnly whether each segment is one keyframe
 * @param ended whether no segment will follow
 * @param encrypted whether a segment's media is encrypted (EXT-X-KEY): such a playlist is read, never written
 * @param segments in order; may be empty
 */
public record MediaPlaylist(
        int version,
        int targetDuration,
        long mediaSequence,
        Optional<Type> type,
        boolean independentSegments,
        boolean iframesOnly,
        boolean ended,
        boolean encrypted,
        List<Segment> segments)
        implements Playlist {
    public MediaPlaylist {
        segments = List.copyOf(segments);
        if (version < 1 || targetDuration < 0 || mediaSequence < 0) {
            throw new IllegalArgumentException("version, target duration or media sequence is out of bounds");
        }
    }

    /** A whole presentation that will not change, of segments that can each be decoded alone. */
    static MediaPlaylist vod(int targetDuration, boolean iframesOnly, List<Segment> segments) {
        return new MediaPlaylist(
                PlaylistWriter.VERSION,
                targetDuration,
                0,
                Optional.of(Type.VOD),
                true,
                iframesOnly,
                true,
                false,
                segments);
    }

    /** The sum of its segments' durations. */
    public Duration duration() {
        Duration sum = Duration.ZERO;
        for (Segment segment : segments) {
            sum = sum.plus(segment.duration());
        }
        return sum;
    }

    /** How a playlist may change (EXT-X-PLAYLIST-TYPE). */
    public enum Type {
        /** Segments are only added. */
        EVENT,
        /** Nothing changes. */
        VOD
    }
}
