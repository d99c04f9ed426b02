package dev.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.encode.EncodeProgress;
import dev.transcode.job.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final Duration FILM = Duration.ofSeconds(100);

    private final List<JobProgress> heard = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final ProgressMeter meter = new ProgressMeter(heard::add, now::get);

    @Test
    void aWholeJobGoesFromZeroToAHundred() {
        meter.enter(Stage.FETCH);
        meter.fetched(50, 100);
        meter.enter(Stage.PROBE);
        meter.enter(Stage.PLAN);
        meter.enter(Stage.ENCODE);
        meter.encoded(at(50, 2), FILM);
        meter.enter(Stage.PACKAGE);
        meter.enter(Stage.PUBLISH);
        meter.end();

        assertThat(heard)
                .extracting(JobProgress::percent)
                .containsExactly(0.0, 2.0, 4.0, 4.9, 5.0, 50.0, 95.0, 98.0, 100.0);
    }

    @Test
    void thePercentageNeverFalls() {
        meter.enter(Stage.ENCODE);
        meter.encoded(at(80, 1), FILM);
        meter.encoded(at(20, 1), FILM);
        meter.fetched(1, 100);

        assertThat(heard).extracting(JobProgress::percent).containsExactly(5.0, 77.0, 77.0, 77.0);
    }

    @Test
    void moreThanTheWholeFilmIsTheWholeFilm() {
        meter.enter(Stage.ENCODE);
        meter.encoded(at(101, 1), FILM);

        assertThat(last().percent()).isEqualTo(95);
        assertThat(last().eta()).isEmpty();
    }

    @Test
    void theTimeLeftFollowsTheSpeed() {
        meter.enter(Stage.ENCODE);
        meter.encoded(at(50, 2), FILM);
        assertThat(last().eta()).hasValue(Duration.ofSeconds(25));
        assertThat(last().speed()).isEqualTo(2);

        meter.encoded(at(50, 0), FILM);
        assertThat(last().eta()).isEmpty();
    }

    @Test
    void aDownloadOfUnknownSizeReportsNothing() {
        meter.enter(Stage.FETCH);
        meter.fetched(1_000, -1);
        meter.fetched(1_000, 0);

        assertThat(heard).hasSize(1);
    }

    @Test
    void eachStageIsTimed() {
        meter.enter(Stage.FETCH);
        now.addAndGet(2_000_000_000L);
        meter.enter(Stage.PROBE);
        now.addAndGet(500_000_000L);
        assertThat(meter.timings()).isEqualTo(Map.of(Stage.FETCH, Duration.ofSeconds(2)));

        meter.end();
        assertThat(meter.timings())
                .isEqualTo(Map.of(Stage.FETCH, Duration.ofSeconds(2), Stage.PROBE, Duration.ofMillis(500)));
        assertThat(last()).isEqualTo(new JobProgress(Stage.PROBE, 100, 0, 0, Optional.of(Duration.ZERO)));
    }

    private JobProgress last() {
        return heard.get(heard.size() - 1);
    }

    private static EncodeProgress at(int seconds, double speed) {
        return new EncodeProgress(Duration.ofSeconds(seconds), seconds * 25L, 25 * speed, speed);
    }
}
