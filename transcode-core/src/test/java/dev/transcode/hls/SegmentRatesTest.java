package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentRatesTest {
    @Test
    void thePeakIsTheBusiestSegment() {
        SegmentRates rates = rates(new long[] {4000, 4000, 4000}, new long[] {500_000, 1_000_000, 500_000});

        assertThat(rates.peak(4)).isEqualTo(2_000_000);
        assertThat(rates.average()).isEqualTo(1_333_334);
    }

    @Test
    void aTailTooShortForAWindowCountsOnlyWithWhatIsBefore() {
        // The tail alone runs at 8 Mbit/s, but lasts less than half a target duration.
        SegmentRates rates = rates(new long[] {4000, 1000}, new long[] {500_000, 1_000_000});

        assertThat(rates.peak(4)).isEqualTo(2_400_000);
    }

    @Test
    void runsLongerThanOneAndAHalfTargetsDoNotCount() {
        SegmentRates rates = rates(
                new long[] {1000, 1000, 1000, 1000, 1000, 1000, 1000},
                new long[] {100_000, 100_000, 100_000, 100_000, 100_000, 100_000, 1_000_000});

        // Two seconds at the end: the shortest run that counts.
        assertThat(rates.peak(4)).isEqualTo(4_400_000);
    }

    @Test
    void aFilmShorterThanAnyWindowPeaksAtItsAverage() {
        assertThat(rates(new long[] {400}, new long[] {50_000}).peak(4)).isEqualTo(1_000_000);
    }

    @Test
    void noTimeMeansNoRate() {
        assertThat(rates(new long[] {0}, new long[] {50_000}).average()).isZero();
    }

    @Property
    void thePeakIsAtLeastTheAverage(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 8_000) Integer> millis,
            @ForAll @IntRange(min = 1, max = 8) int target) {
        List<Duration> durations = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < millis.size(); i++) {
            durations.add(Duration.ofMillis(millis.get(i)));
            bytes.add((i * 7919L) % 100_000);
        }
        SegmentRates rates = new SegmentRates(durations, bytes);

        assertThat(rates.peak(target)).isGreaterThanOrEqualTo(rates.average());
    }

    private static SegmentRates rates(long[] millis, long[] bytes) {
        List<Duration> durations = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            durations.add(Duration.ofMillis(millis[i]));
            sizes.add(bytes[i]);
        }
        return new SegmentRates(durations, sizes);
    }
}
