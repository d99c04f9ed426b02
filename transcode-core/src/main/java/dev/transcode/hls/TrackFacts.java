package dev.transcode.hls;

import java.time.Duration;
import java.util.List;

/**
 * What an initialization section says of one track.
 *
 * @param id of the track in its file
 * @param timescale units a second of its times, at least 1
 * @param edits of its edit list; empty without one
 * @param format of its samples
 * @param defaults of its fragments' samples (trex)
 */
public record TrackFacts(
        int id, Kind kind, long timescale, List<Edit> edits, SampleFormat format, SampleDefaults defaults) {
    public TrackFacts {
        edits = List.copyOf(edits);
        if (timescale < 1) {
            throw new IllegalArgumentException("timescale must be positive: " + timescale);
        }
    }

    /** What a track carries, by its handler. */
    public enum Kind {
        VIDEO,
        AUDIO,
        OTHER
    }

    /**
     * One entry of an edit list (elst).
     *
     * @param duration in the movie's timescale; 0 = to the end
     * @param mediaTime where it starts on the track's own time line; -1 = nothing is shown, an empty edit
     */
    public record Edit(long duration, long mediaTime) {
        /** Whether nothing is shown for its duration. */
        public boolean isEmpty() {
            return mediaTime == -1;
        }
    }

    /** Samples' values where a fragment names none (trex). */
    record SampleDefaults(long duration, long size, int flags) {
        static final SampleDefaults NONE = new SampleDefaults(0, 0, 0);
    }

    /** Where the presentation's time 0 lies on the track's time line, in its timescale; the priming, for audio. */
    public long start() {
        for (Edit edit : edits) {
            if (!edit.isEmpty()) {
                return edit.mediaTime();
            }
        }
        return 0;
    }

    /** {@code units} of the track's timescale, to the nearest microsecond. */
    public Duration durationOf(long units) {
        long seconds = Math.floorDiv(units, timescale);
        long micros = Math.round(Math.floorMod(units, timescale) * 1e6 / timescale);
        return Duration.ofSeconds(seconds).plusNanos(micros * 1_000);
    }
}
