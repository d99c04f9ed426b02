package dev.transcode.hls;

/**
 * What every track we publish must be, or a player shows it wrong: one track a file, in the clear, at most one edit and
 * none empty (MSE players ignore an empty one, and the track plays early), fragments that can be moved, each segment
 * starting with a keyframe. Pure.
 */
final class TrackRules {
    private TrackRules() {}

    /** The one track of {@code init}, which has to be of {@code kind}. */
    static TrackFacts only(InitFacts init, TrackFacts.Kind kind) throws MalformedMediaException {
        if (init.tracks().size() != 1) {
            throw new MalformedMediaException(init.tracks().size() + " tracks where 1 was expected");
        }
        TrackFacts track = init.tracks().get(0);
        if (track.kind() != kind) {
            throw new MalformedMediaException("a track of " + track.kind() + " where " + kind + " was expected");
        }
        if (track.format().encrypted()) {
            throw new MalformedMediaException("the track is encrypted");
        }
        if (track.edits().size() > 1) {
            throw new MalformedMediaException(track.edits().size() + " edits where at most 1 is played right");
        }
        if (!track.edits().isEmpty() && track.edits().get(0).isEmpty()) {
            throw new MalformedMediaException("an empty edit, which players ignore");
        }
        return track;
    }

    static void check(SegmentFacts segment, TrackFacts.Kind kind) throws MalformedMediaException {
        if (!segment.fragmentRelative()) {
            throw new MalformedMediaException("a fragment without default-base-is-moof");
        }
        if (!segment.contiguous()) {
            throw new MalformedMediaException("a gap between fragments");
        }
        if (kind == TrackFacts.Kind.VIDEO && !segment.startsWithSync()) {
            throw new MalformedMediaException("the first frame is no keyframe");
        }
    }
}
