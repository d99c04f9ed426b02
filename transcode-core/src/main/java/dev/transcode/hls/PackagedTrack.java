package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A track as it will be published: its files and what they hold.
 *
 * @param id the encoder's folder, e.g. {@code v0}
 * @param name the rendition's, e.g. {@code 720p}
 * @param init local file of the initialization section
 * @param initBytes its size
 * @param segments local files, in order
 * @param facts one for each segment
 */
record PackagedTrack(String id, String name, Path init, long initBytes, List<Path> segments, FragmentedTrack facts) {
    PackagedTrack {
        segments = List.copyOf(segments);
    }

    boolean isVideo() {
        return facts.track().kind() == TrackFacts.Kind.VIDEO;
    }

    String codec() {
        return facts.track().format().codec();
    }

    Optional<Resolution> resolution() {
        return facts.track().format().size();
    }

    /** Published name of a segment; the encoder gives its files the same. */
    static String segmentName(int index) {
        return String.format(Locale.ROOT, "s%05d.m4s", index);
    }

    SegmentRates rates() {
        List<Long> bytes = new ArrayList<>();
        for (SegmentFacts segment : facts.segments()) {
            bytes.add(segment.bytes());
        }
        return new SegmentRates(facts.durations(), bytes);
    }

    /** The rates of each segment's first frame alone, shown until the next one. */
    SegmentRates keyframeRates() {
        List<Long> bytes = new ArrayList<>();
        for (SegmentFacts segment : facts.segments()) {
            bytes.add(segment.firstSample().length());
        }
        return new SegmentRates(facts.durations(), bytes);
    }

    RenditionFacts measured(int targetDuration) {
        List<RenditionFacts.SegmentSize> sizes = new ArrayList<>();
        List<Duration> durations = facts.durations();
        for (int i = 0; i < durations.size(); i++) {
            sizes.add(new RenditionFacts.SegmentSize(
                    segmentName(i), durations.get(i), facts.segments().get(i).bytes()));
        }
        SegmentRates rates = rates();
        return new RenditionFacts(
                id,
                name,
                codec(),
                resolution(),
                facts.frameRate(),
                rates.average(),
                rates.peak(targetDuration),
                initBytes + facts.bytes(),
                facts.samples(),
                facts.duration(),
                sizes);
    }
}
