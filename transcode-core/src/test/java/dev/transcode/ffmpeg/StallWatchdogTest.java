package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallWatchdogTest {
    private final AtomicLong now = new AtomicLong();
    private final StallWatchdog watchdog = new StallWatchdog("ffmpeg", Duration.ofSeconds(60), now::get);

    @Test
    void stopsAfterThePatienceWithoutProgress() {
        forward(59);
        assertThat(watchdog.check()).isEmpty();

        forward(1);
        assertThat(watchdog.check()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.FFMPEG_STALLED);
            assertThat(failure.message()).isEqualTo("stopped ffmpeg: no progress for 60 s");
        });
    }

    @Test
    void progressStartsThePatienceAnew() {
        forward(59);
        watchdog.progress();
        forward(59);
        assertThat(watchdog.check()).isEmpty();
    }

    private void forward(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
