package dev.transcode.verify;

import dev.transcode.hls.ProgressiveFacts;
import dev.transcode.hls.TrackFacts;
import dev.transcode.media.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the progressive MP4s start to play at once and hold what their names say. Pure. */
final class ProgressiveChecks {
    static final String NAME = "mp4";

    private ProgressiveChecks() {}

    /**
     * @param files by name, as far as they could be read
     * @param problems what could not
     */
    static CheckResult progressive(
            Optional<Expectation> expectation, Map<String, ProgressiveFacts> files, List<Violation> problems) {
        Tally tally = new Tally(NAME, "file");
        problems.forEach(tally::add);
        if (expectation.isEmpty()) {
            tally.skip("no report names them");
            return tally.result();
        }
        for (Expectation.File wanted : expectation.get().files()) {
            ProgressiveFacts facts = files.get(wanted.name());
            if (facts != null) {
                check(wanted, facts, tally);
            }
        }
        return tally.result();
    }

    private static void check(Expectation.File wanted, ProgressiveFacts facts, Tally tally) {
        tally.expect(facts.moovFirst(), wanted.name(), "moov before mdat", "mdat first: it starts late");
        Optional<Resolution> size = Optional.empty();
        boolean sound = false;
        for (ProgressiveFacts.Track track : facts.tracks()) {
            size = size.or(() -> track.facts().format().size());
            sound |= track.facts().kind() == TrackFacts.Kind.AUDIO;
            if (!TimingChecks.within(track.duration(), wanted.duration(), Tolerance.ENDS)) {
                tally.violate(
                        wanted.name() + " " + track.facts().format().codec(),
                        Words.seconds(wanted.duration()),
                        Words.seconds(track.duration()));
            }
        }
        if (!size.equals(wanted.size())) {
            tally.violate(
                    wanted.name(),
                    "a picture of " + wanted.size().map(Object::toString).orElse("none"),
                    size.map(Object::toString).orElse("none"));
        }
        if (sound != wanted.sound()) {
            tally.violate(wanted.name(), wanted.sound() ? "sound" : "no sound", sound ? "sound" : "none");
        }
    }
}
