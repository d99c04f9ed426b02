package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTimingTest {
    private static final long MILLISECOND = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60", "120", "15", "10"})
    void timesRoundedToMillisecondsAreStillConstant(String rate) {
        FrameRate exact = FrameRate.parse(rate);
        IntToLongFunction times = i -> Math.round(i * 1e9 / exact.value() / MILLISECOND) * MILLISECOND;

        assertThat(measure(2_000, times, MILLISECOND, "1/1")).isEqualTo(new FrameTiming(exact, false, 0));
    }

    @Test
    void theHeadersFractionIsKeptWhereItAgrees() {
        FrameRate camera = new FrameRate(90_000, 3_001);

        assertThat(measure(9, i -> Math.round(i * 3_001e9 / 90_000), 11_111, "90000/3001"))
                .isEqualTo(new FrameTiming(camera, false, 0));
    }

    @Test
    void aTimeBaseForARateIsNotBelieved() {
        assertThat(measure(300, i -> i * 40L * MILLISECOND, MILLISECOND, "90000/1"))
                .isEqualTo(new FrameTiming(FrameRate.of(25), false, 0));
    }

    @Test
    void aShortClipGoesByItsHeader() {
        IntToLongFunction times = i -> Math.round(i * 1001e9 / 24_000 / MILLISECOND) * MILLISECOND;

        assertThat(measure(20, times, MILLISECOND, "24000/1001").rate()).isEqualTo(new FrameRate(24_000, 1_001));
        assertThat(measure(20, times, MILLISECOND, "24/1").rate()).isEqualTo(FrameRate.of(24));
    }

    @Test
    void aDroppedFrameInAHundredIsStillConstant() {
        assertThat(measure(1_000, i -> (i + i / 150) * 40L * MILLISECOND, MILLISECOND, "25/1"))
                .isEqualTo(new FrameTiming(FrameRate.of(25), false, 0));
    }

    @Test
    void everyThirdFrameDroppedIsVariable() {
        FrameTiming timing = measure(1_000, i -> (i + i / 2) * 40L * MILLISECOND, MILLISECOND, "25/1");

        assertThat(timing.variable()).isTrue();
        assertThat(timing.rate().value()).isBetween(16.6, 16.8);
    }

    @Test
    void aDroppedFrameIsSeenWhereATickIsAFrame() {
        assertThat(measure(1_000, i -> (i + i / 5) * 40L * MILLISECOND, 40 * MILLISECOND, "25/1")
                        .variable())
                .isTrue();
    }

    @Test
    void telecineByFlagsAveragesToFilm() {
        // Frames last three fields and two in turn.
        FrameTiming timing =
                measure(2_400, i -> Math.round((i * 2.5 + (i % 2) * 0.5) * 1001e9 / 60_000), 11_111, "1/1");

        assertThat(timing).isEqualTo(new FrameTiming(new FrameRate(24_000, 1_001), true, 0));
    }

    @Test
    void aLongPauseIsAGapInAConstantRate() {
        FrameTiming timing =
                measure(500, i -> i * 40L * MILLISECOND + (i > 250 ? 60_000L * MILLISECOND : 0), MILLISECOND, "25/1");

        assertThat(timing).isEqualTo(new FrameTiming(FrameRate.of(25), false, 60_000L * MILLISECOND));
    }

    @Test
    void aSingleFrameHasTheHeadersRateOrTwentyFive() {
        assertThat(measure(1, i -> 0, MILLISECOND, "10/1").rate()).isEqualTo(FrameRate.of(10));
        assertThat(measure(1, i -> 0, MILLISECOND, "90000/1").rate()).isEqualTo(FrameRate.of(25));
    }

    private static FrameTiming measure(int frames, IntToLongFunction times, long tick, String header) {
        IntervalHistogram intervals = new IntervalHistogram();
        for (int i = 1; i < frames; i++) {
            intervals.add(times.applyAsLong(i) - times.applyAsLong(i - 1));
        }
        long last = frames < 2 ? 40 * MILLISECOND : times.applyAsLong(1) - times.applyAsLong(0);
        long span = times.applyAsLong(frames - 1) - times.applyAsLong(0) + last;
        return FrameTiming.of(
                intervals,
                frames,
                span,
                tick,
                SampleStreams.picture(640, 360, header, "yuv420p", FieldOrder.PROGRESSIVE));
    }
}
