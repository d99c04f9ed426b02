package dev.transcode.hls;

import java.time.Duration;
import java.util.List;

/**
 * What the header of a progressive MP4 says.
 *
 * @param moovFirst whether the header comes before the media, so that playing starts before all is loaded
 * @param tracks in the file's order, at least one
 */
public record ProgressiveFacts(boolean moovFirst, List<Track> tracks) {
    public ProgressiveFacts {
        tracks = List.copyOf(tracks);
    }

    /**
     * One track.
     *
     * @param units its length in its timescale, before its edit list (mdhd)
     */
    public record Track(TrackFacts facts, long units) {
        /** What is played: without the priming of sound. */
        public Duration duration() {
            long priming = facts.kind() == TrackFacts.Kind.AUDIO ? Math.max(0, facts.start()) : 0;
            return facts.durationOf(Math.max(0, units - priming));
        }
    }
}
