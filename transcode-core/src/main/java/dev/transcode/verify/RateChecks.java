package dev.transcode.verify;

import dev.transcode.hls.SegmentRates;
import dev.transcode.hls.Variant;
import java.time.Duration;
import java.util.List;

/** Whether BANDWIDTH and AVERAGE-BANDWIDTH are true to the bytes (RFC 8216, 4.3.4.2). Pure. */
final class RateChecks {
    private RateChecks() {}

    static CheckResult bandwidth(Presentation read, Tolerance tolerance) {
        Tally tally = new Tally("bandwidth", "rate");
        read.master().ifPresent(master -> {
            for (Variant variant : master.variants()) {
                read.track(variant.uri()).ifPresent(track -> check(read, variant, track, tolerance, tally));
            }
        });
        if (read.master().isEmpty()) {
            tally.skip("a media playlist claims no rate");
        }
        return tally.result();
    }

    private static void check(Presentation read, Variant variant, ReadTrack track, Tolerance tolerance, Tally tally) {
        if (track.bytes().isEmpty()) {
            tally.skip("not all segments of " + track.name() + " could be read");
            return;
        }
        SegmentRates own = rates(track);
        long peak = own.peak(track.playlist().targetDuration());
        long average = own.average();
        long soundPeak = 0;
        long soundAverage = 0;
        for (ReadTrack sound : read.audioOf(variant)) {
            // Of several languages one plays at a time: the busiest counts. A group may name the variant's own
            // playlist.
            if (!sound.uri().equals(track.uri()) && !sound.bytes().isEmpty()) {
                SegmentRates rates = rates(sound);
                soundPeak = Math.max(soundPeak, rates.peak(sound.playlist().targetDuration()));
                soundAverage = Math.max(soundAverage, rates.average());
            }
        }
        compare(track, "BANDWIDTH", variant.bandwidth(), peak + soundPeak, tolerance, tally);
        if (variant.averageBandwidth().isPresent()) {
            long claimed = variant.averageBandwidth().getAsLong();
            compare(track, "AVERAGE-BANDWIDTH", claimed, average + soundAverage, tolerance, tally);
        } else if (tolerance.complete()) {
            tally.violate(track.name(), "AVERAGE-BANDWIDTH " + Words.rate(average + soundAverage), "none");
        }
    }

    private static void compare(
            ReadTrack track, String attribute, long claimed, long measured, Tolerance tolerance, Tally tally) {
        boolean ok =
                claimed >= measured * (1 - tolerance.rateBelow()) && claimed <= measured * (1 + tolerance.rateAbove());
        tally.expect(ok, track.name(), Words.rate(measured) + " measured", attribute + " " + Words.rate(claimed));
    }

    private static SegmentRates rates(ReadTrack track) {
        List<Duration> durations = track.main().map(facts -> facts.durations()).orElse(track.claimed());
        return new SegmentRates(durations, track.bytes());
    }
}
