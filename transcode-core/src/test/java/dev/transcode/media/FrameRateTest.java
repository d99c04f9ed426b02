package dev.transcode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameRateTest {
    @Test
    void readsAndWritesFfmpegsForm() {
        assertThat(FrameRate.parse("48000/2002")).isEqualTo(new FrameRate(24_000, 1_001));
        assertThat(FrameRate.parse("24000/1001")).hasToString("24000/1001");
        assertThat(FrameRate.parse("25/1")).hasToString("25");
        assertThatThrownBy(() -> FrameRate.parse("0/0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsExactlyOverHours() {
        FrameRate film = new FrameRate(24_000, 1_001);

        assertThat(film.durationOf(96)).isEqualTo(Duration.ofMillis(4_004));
        assertThat(film.durationOf(24_000L * 3_600)).isEqualTo(Duration.ofHours(1_001));
        assertThat(film.framesIn(Duration.ofHours(1_001))).isEqualTo(24_000L * 3_600);
    }

    @Test
    void isOrderedByValue() {
        assertThat(new FrameRate(30_000, 1_001)).isLessThan(FrameRate.of(30)).isGreaterThan(FrameRate.of(29));
    }
}
