package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FragmentedTrackTest {
    @Test
    void theFirstSegmentOfSoundIsCountedLessItsPriming() {
        FragmentedTrack track = track(TrackFacts.Kind.AUDIO, 48_000, 1024, List.of(192_512, 192_512, 64));

        assertThat(track.durations())
                .containsExactly(
                        Duration.ofNanos(3_989_333_000L),
                        Duration.ofNanos(4_010_667_000L),
                        Duration.ofNanos(1_333_000));
        assertThat(track.duration()).isEqualTo(Duration.ofNanos(8_001_333_000L));
    }

    @Test
    void theDelayOfAPictureWithBFramesIsNoPriming() {
        FragmentedTrack track = track(TrackFacts.Kind.VIDEO, 24_000, 2002, List.of(96_096, 96_096));

        assertThat(track.durations()).containsOnly(Duration.ofMillis(4004));
        assertThat(track.priming()).isZero();
    }

    @Test
    void aFrameRateIsMeasured() {
        assertThat(track(TrackFacts.Kind.VIDEO, 24_000, 0, List.of(1001, 1001)).frameRate())
                .hasValue(23.976);
        assertThat(track(TrackFacts.Kind.AUDIO, 48_000, 0, List.of(1024)).frameRate())
                .isEmpty();
    }

    @Test
    void soundThatIsNothingButPrimingLastsNoTime() {
        assertThat(track(TrackFacts.Kind.AUDIO, 48_000, 1024, List.of(960)).duration())
                .isEqualTo(Duration.ZERO);
    }

    @Property
    void durationsAreNeverNegativeAndDoNotDrift(
            @ForAll @IntRange(min = 1, max = 90_000) int timescale,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 400_000) Integer> units,
            @ForAll @IntRange(max = 5_000) int priming) {
        FragmentedTrack track = track(TrackFacts.Kind.AUDIO, timescale, priming, units);
        long total = Math.max(0, units.stream().mapToLong(Integer::longValue).sum() - priming);

        assertThat(track.durations()).noneMatch(Duration::isNegative);
        assertThat(track.duration().toNanos() / 1e9)
                .isBetween(seconds(total, timescale) - 1e-6, seconds(total, timescale) + 1e-6);
    }

    private static double seconds(long units, int timescale) {
        return (double) units / timescale;
    }

    private static FragmentedTrack track(TrackFacts.Kind kind, int timescale, int start, List<Integer> units) {
        List<SegmentFacts> segments = new ArrayList<>();
        long time = 0;
        for (int duration : units) {
            segments.add(new SegmentFacts(
                    time, duration, time, time + duration, 1, true, new ByteRange(0, 100), true, true, 1000));
            time += duration;
        }
        SampleFormat format = new SampleFormat("test", "test", false, Optional.empty(), 0, 0);
        List<TrackFacts.Edit> edits = List.of(new TrackFacts.Edit(0, start));
        return new FragmentedTrack(
                new TrackFacts(1, kind, timescale, edits, format, TrackFacts.SampleDefaults.NONE), segments);
    }
}
