package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.JobProgress;
import dev.transcode.job.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void writesSizesRatesAndTimes() {
        assertThat(Format.bytes(999)).isEqualTo("999 B");
        assertThat(Format.bytes(1_234_567)).isEqualTo("1.2 MB");
        assertThat(Format.bytes(3_210_000_000L)).isEqualTo("3.21 GB");
        assertThat(Format.bitrate(812_345)).isEqualTo("812 kbit/s");
        assertThat(Format.bitrate(3_941_000)).isEqualTo("3.94 Mbit/s");
        assertThat(Format.duration(Duration.ofMillis(12_340))).isEqualTo("12.34 s");
        assertThat(Format.duration(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
        assertThat(Format.clock(Duration.ofSeconds(7))).isEqualTo("0:07");
    }

    @Test
    void quotesForTheShellOnlyWhatNeedsIt() {
        assertThat(Format.shell(List.of("ffmpeg", "-i", "it's [0].mp4", "-b:v", "4M")))
                .isEqualTo("ffmpeg -i 'it'\\''s [0].mp4' -b:v 4M");
    }

    @Test
    void aProgressLineHasStagePercentSpeedAndEta() {
        JobProgress progress = new JobProgress(Stage.ENCODE, 41.66, 1.234, 30.9, Optional.of(Duration.ofSeconds(75)));

        assertThat(ProgressPrinter.text(progress)).isEqualTo(" 41.7 %  encode   1.23x  31 fps  ETA 1:15");
    }
}
