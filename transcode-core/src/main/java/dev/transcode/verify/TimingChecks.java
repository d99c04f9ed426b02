package dev.transcode.verify;

import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.SegmentFacts;
import dev.transcode.hls.TrackFacts;
import dev.transcode.internal.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether times are what playlists say and what the tracks need to be switched and played together. Pure. */
final class TimingChecks {
    private TimingChecks() {}

    /** EXTINF is the real duration of the samples. */
    static CheckResult extinf(Presentation read, Tolerance tolerance) {
        Tally tally = new Tally("extinf", "segment");
        for (ReadTrack track : read.tracks().values()) {
            PlaylistChecks.unread(track).ifPresent(tally::skip);
            List<Duration> real = track.main().map(FragmentedTrack::durations).orElse(List.of());
            for (int i = 0; i < real.size(); i++) {
                Duration claimed = track.playlist().segments().get(i).duration();
                tally.expect(
                        within(claimed, real.get(i), tolerance.extinf()),
                        track.segmentName(i),
                        Words.seconds(real.get(i)) + " in its boxes",
                        "EXTINF " + Words.seconds(claimed));
            }
        }
        return tally.result();
    }

    /** All pictures are cut at the same times, so that a player can change between them at any segment. */
    static CheckResult grid(Presentation read) {
        Tally tally = new Tally("grid", "rendition");
        List<ReadTrack> videos = read.videos();
        if (videos.size() < 2) {
            read.tracks().values().forEach(track -> PlaylistChecks.unread(track).ifPresent(tally::skip));
            tally.skip("there are no two renditions to compare");
            return tally.result();
        }
        ReadTrack first = videos.get(0);
        List<Duration> expected = cuts(first.video().orElseThrow());
        tally.looked();
        for (ReadTrack other : videos.subList(1, videos.size())) {
            tally.looked();
            compare(first, expected, other, tally);
        }
        return tally.result();
    }

    private static void compare(ReadTrack first, List<Duration> expected, ReadTrack other, Tally tally) {
        List<Duration> found = cuts(other.video().orElseThrow());
        if (found.size() != expected.size()) {
            tally.violate(
                    other.name(),
                    Count.of(expected.size(), "segment") + " as " + first.name(),
                    Count.of(found.size(), "segment"));
            return;
        }
        for (int i = 0; i < found.size(); i++) {
            if (!within(found.get(i), expected.get(i), Duration.ofMillis(1))) {
                tally.violate(
                        other.segmentName(i),
                        "a start at " + Words.seconds(expected.get(i)) + " as " + first.name(),
                        Words.seconds(found.get(i)));
                return;
            }
        }
    }

    /** When each segment starts to be decoded. */
    private static List<Duration> cuts(FragmentedTrack video) {
        List<Duration> cuts = new ArrayList<>();
        for (SegmentFacts segment : video.segments()) {
            cuts.add(video.track().durationOf(segment.decodeTime()));
        }
        return cuts;
    }

    /** All tracks start and end together: at most 0.1 s apart. */
    static CheckResult startsAndEnds(Presentation read) {
        Tally tally = new Tally("starts-and-ends", "track");
        String firstName = "";
        Duration start = Duration.ZERO;
        Duration end = Duration.ZERO;
        for (ReadTrack track : read.tracks().values()) {
            PlaylistChecks.unread(track).ifPresent(tally::skip);
            for (FragmentedTrack content : track.contents()) {
                if (content.track().kind() == TrackFacts.Kind.OTHER) {
                    continue;
                }
                Duration itsStart = start(content);
                Duration itsEnd = end(content);
                if (firstName.isEmpty()) {
                    firstName = track.name();
                    start = itsStart;
                    end = itsEnd;
                }
                String as = " as " + firstName;
                tally.looked();
                if (!within(itsStart, start, Tolerance.ENDS)) {
                    tally.violate(track.name(), "a start at " + Words.seconds(start) + as, Words.seconds(itsStart));
                }
                if (!within(itsEnd, end, Tolerance.ENDS)) {
                    tally.violate(track.name(), "an end at " + Words.seconds(end) + as, Words.seconds(itsEnd));
                }
            }
        }
        return tally.result();
    }

    /** When the first sample is shown; a priming that the edit takes off does not count. */
    static Duration start(FragmentedTrack content) {
        long first = content.segments().get(0).presentationStart();
        return content.track()
                .durationOf(Math.max(first, content.track().start())
                        - content.track().start());
    }

    /** When the last sample ends. */
    private static Duration end(FragmentedTrack content) {
        List<SegmentFacts> segments = content.segments();
        long last = segments.get(segments.size() - 1).presentationEnd();
        return content.track().durationOf(last - content.track().start());
    }

    static boolean within(Duration found, Duration expected, Duration tolerance) {
        return found.minus(expected).abs().compareTo(tolerance) <= 0;
    }
}
