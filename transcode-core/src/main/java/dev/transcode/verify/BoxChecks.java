package dev.transcode.verify;

import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.SegmentFacts;
import dev.transcode.hls.TrackFacts;
import java.util.List;

/**
 * What MSE players and Rokus need in the boxes: no edit they ignore, fragments that can be moved, each segment a place to
 * start at, one after the other without a gap. Pure.
 */
final class BoxChecks {
    private BoxChecks() {}

    static CheckResult boxes(Presentation read) {
        Tally tally = new Tally("boxes", "segment");
        PlaylistChecks.problems(read, "boxes", tally);
        for (ReadTrack track : read.tracks().values()) {
            PlaylistChecks.unread(track).ifPresent(tally::skip);
            for (FragmentedTrack content : track.contents()) {
                edits(track, content.track(), tally);
                segments(track, content, tally);
            }
        }
        return tally.result();
    }

    private static void edits(ReadTrack track, TrackFacts facts, Tally tally) {
        if (facts.edits().size() > 1) {
            tally.violate(track.name(), "at most one edit", facts.edits().size());
        }
        if (facts.edits().stream().anyMatch(TrackFacts.Edit::isEmpty)) {
            tally.violate(track.name(), "no empty edit: players ignore it", "an edit with media_time -1");
        }
    }

    private static void segments(ReadTrack track, FragmentedTrack content, Tally tally) {
        List<SegmentFacts> segments = content.segments();
        boolean video = content.track().kind() == TrackFacts.Kind.VIDEO;
        for (int i = 0; i < segments.size(); i++) {
            SegmentFacts segment = segments.get(i);
            String where = track.segmentName(i);
            tally.expect(segment.fragmentRelative(), where, "default-base-is-moof", "offsets from elsewhere");
            if (video && !segment.startsWithSync()) {
                tally.violate(where, "a keyframe first", "a frame that needs another");
            }
            if (!segment.contiguous()) {
                tally.violate(where, "fragments one after the other", "a gap between them");
            }
            boolean follows = i == 0
                    || track.playlist().segments().get(i).discontinuity()
                    || segments.get(i - 1).decodeEnd() == segment.decodeTime();
            if (!follows) {
                tally.violate(
                        where,
                        "decode time " + segments.get(i - 1).decodeEnd() + ", where the segment before ends",
                        segment.decodeTime());
            }
        }
    }
}
