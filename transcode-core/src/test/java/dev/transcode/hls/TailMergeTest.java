package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailMergeTest {
    @Test
    void aTailOfHalfASecondStays() {
        assertThat(TailMerge.remaining(List.of(millis(4000, 4000, 500)))).isEqualTo(3);
    }

    @Test
    void aShorterTailIsJoined() {
        assertThat(TailMerge.remaining(List.of(millis(4000, 4000, 499)))).isEqualTo(2);
        assertThat(TailMerge.remaining(List.of(millis(3989, 4011, 4011, 1)))).isEqualTo(3);
    }

    @Test
    void aFilmOfOneShortSegmentIsLeftAsItIs() {
        assertThat(TailMerge.remaining(List.of(millis(300)))).isEqualTo(1);
    }

    @Test
    void oneShortTailDecidesForAllTracks() {
        assertThat(TailMerge.remaining(List.of(millis(4000, 500), millis(4000, 483))))
                .isEqualTo(1);
    }

    @Test
    void aSegmentThatOthersDoNotHaveIsJoined() {
        // 60 and 30 frames a second: the odd last frame starts a segment in one of them only.
        assertThat(TailMerge.remaining(List.of(millis(4000, 4000, 17), millis(4000, 4000))))
                .isEqualTo(2);
    }

    private static List<Duration> millis(long... values) {
        List<Duration> durations = new ArrayList<>();
        for (long value : values) {
            durations.add(Duration.ofMillis(value));
        }
        return durations;
    }
}
