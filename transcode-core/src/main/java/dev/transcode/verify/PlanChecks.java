package dev.transcode.verify;

import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.SampleFormat;
import dev.transcode.internal.Count;
import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.Optional;

/** Whether the package holds what was planned, of the length that was scanned. Pure. */
final class PlanChecks {
    private PlanChecks() {}

    /** Each rendition is as long as planned, and the plan as long as the source. */
    static CheckResult length(Presentation read, Optional<Expectation> expectation) {
        Tally tally = new Tally("length", "rendition");
        if (expectation.isEmpty()) {
            tally.skip("the length of the source is not known");
            return tally.result();
        }
        Expectation expected = expectation.get();
        for (Expectation.Track wanted : expected.tracks()) {
            Optional<ReadTrack> track = find(read, wanted.folder());
            if (track.isEmpty()) {
                tally.violate(wanted.folder(), "a rendition in the playlists", "none");
                continue;
            }
            Optional<FragmentedTrack> content = track.get().main();
            content.ifPresent(facts -> length(track.get(), facts.duration(), wanted, expected, tally));
        }
        return tally.result();
    }

    private static void length(
            ReadTrack track, Duration found, Expectation.Track wanted, Expectation expected, Tally tally) {
        tally.expect(
                TimingChecks.within(found, wanted.duration(), Tolerance.ENDS),
                track.name(),
                Words.seconds(wanted.duration()) + " as planned",
                Words.seconds(found));
        // The plan counts whole frames, which may be slow ones.
        Duration slack = Tolerance.ENDS.plus(frame(wanted));
        boolean asSource = found.compareTo(expected.shortest().minus(slack)) >= 0
                && found.compareTo(expected.source().plus(slack)) <= 0;
        if (!asSource) {
            tally.violate(track.name(), "the source's " + Words.seconds(expected.shortest()), Words.seconds(found));
        }
    }

    private static Duration frame(Expectation.Track wanted) {
        long frames = wanted.frames().orElse(0);
        return frames == 0 ? Duration.ZERO : wanted.duration().dividedBy(frames);
    }

    /** Each picture has the frames and the size that were planned. */
    static CheckResult frames(Presentation read, Optional<Expectation> expectation) {
        Tally tally = new Tally("frames", "rendition");
        if (expectation.isEmpty()) {
            tally.skip("the plan is not known");
            return tally.result();
        }
        for (Expectation.Track wanted : expectation.get().tracks()) {
            find(read, wanted.folder()).ifPresent(track -> frames(track, wanted, tally));
        }
        return tally.result();
    }

    private static void frames(ReadTrack track, Expectation.Track wanted, Tally tally) {
        Optional<FragmentedTrack> content = track.main();
        if (content.isEmpty()) {
            PlaylistChecks.unread(track).ifPresent(tally::skip);
            return;
        }
        SampleFormat format = content.get().track().format();
        tally.expect(
                format.size().equals(wanted.size()),
                track.name(),
                wanted.size().map(Resolution::toString).orElse("sound"),
                format.size().map(Resolution::toString).orElse("sound"));
        if (wanted.frames().isPresent()) {
            long frames = wanted.frames().getAsLong();
            long found = content.get().samples();
            if (found != frames) {
                tally.violate(track.name(), Count.of(frames, "frame"), Count.of(found, "frame"));
            }
        }
    }

    /** The track whose playlist lies in {@code folder}. */
    static Optional<ReadTrack> find(Presentation read, String folder) {
        for (ReadTrack track : read.tracks().values()) {
            if (("/" + track.name()).contains("/" + folder + "/")) {
                return Optional.of(track);
            }
        }
        return Optional.empty();
    }
}
