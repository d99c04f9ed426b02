package dev.transcode.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A track with what all its segments hold. Pure.
 *
 * @param segments in order, at least one
 */
public record FragmentedTrack(TrackFacts track, List<SegmentFacts> segments) {
    public FragmentedTrack {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a track needs a segment");
        }
    }

    /**
     * What each segment adds to the presentation: the real duration of its samples, the first of audio less the
     * priming. Each boundary is rounded to the microsecond, not each duration, so that the sum does not drift.
     */
    public List<Duration> durations() {
        List<Duration> durations = new ArrayList<>(segments.size());
        long units = -priming();
        Duration start = Duration.ZERO;
        for (SegmentFacts segment : segments) {
            units += segment.duration();
            Duration end = units > 0 ? track.durationOf(units) : Duration.ZERO;
            durations.add(end.minus(start));
            start = end;
        }
        return durations;
    }

    /** What is played in all. */
    public Duration duration() {
        Duration sum = Duration.ZERO;
        for (Duration duration : durations()) {
            sum = sum.plus(duration);
        }
        return sum;
    }

    /** Samples an encoder of sound puts before the first real one, in the track's timescale; 0 for pictures. */
    public long priming() {
        return track.kind() == TrackFacts.Kind.AUDIO
                ? Math.max(0, track.start() - segments.get(0).decodeTime())
                : 0;
    }

    /** Samples of all segments. */
    public long samples() {
        long sum = 0;
        for (SegmentFacts segment : segments) {
            sum += segment.samples();
        }
        return sum;
    }

    /** Bytes of all segments. */
    public long bytes() {
        long sum = 0;
        for (SegmentFacts segment : segments) {
            sum += segment.bytes();
        }
        return sum;
    }

    /** Frames a second on average; empty for sound, or without a duration. */
    public OptionalDouble frameRate() {
        long units = 0;
        for (SegmentFacts segment : segments) {
            units += segment.duration();
        }
        if (track.kind() != TrackFacts.Kind.VIDEO || units == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.round(samples() * 1000.0 * track.timescale() / units) / 1000.0);
    }
}
