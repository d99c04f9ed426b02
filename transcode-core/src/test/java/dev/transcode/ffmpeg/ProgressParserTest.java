package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.encode.EncodeProgress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressParserTest {
    private final ProgressParser parser = new ProgressParser();

    @Test
    void aBlockEndsWithItsProgressLine() {
        EncodeProgress progress = read("""
                frame=132
                fps=65.79
                stream_0_0_q=-1.0
                bitrate=N/A
                total_size=N/A
                out_time_us=5240000
                out_time_ms=5240000
                out_time=00:00:05.240000
                dup_frames=0
                drop_frames=0
                speed=2.61x
                progress=continue""");

        assertThat(progress).isEqualTo(new EncodeProgress(Duration.ofMillis(5_240), 132, 65.79, 2.61));
    }

    @Test
    void nothingIsKnownBeforeTheFirstPacket() {
        EncodeProgress progress = read("""
                frame=0
                fps=0.00
                out_time_us=N/A
                out_time=N/A
                speed=N/A
                progress=continue""");

        assertThat(progress).isEqualTo(new EncodeProgress(Duration.ZERO, 0, 0, 0));
    }

    /** FFmpeg 5.1 begins below zero where there are B-frames: -9223372036854775807 or the priming of AAC. */
    @Test
    void timeNeverGoesBackOrBelowZero() {
        assertThat(read("out_time_us=-21333\nprogress=continue").position()).isZero();
        assertThat(read("out_time_us=-9223372036854775807\nprogress=continue").position())
                .isZero();
        assertThat(read("out_time_us=2000000\nprogress=continue").position()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read("out_time_us=1900000\nprogress=end").position()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void valuesStayWhereABlockHasNone() {
        read("frame=50\nspeed=1.5x\nprogress=continue");

        assertThat(read("frame=N/A\nspeed=N/A\nprogress=end")).isEqualTo(new EncodeProgress(Duration.ZERO, 50, 0, 1.5));
    }

    @Test
    void speedMayBePaddedAndExponential() {
        assertThat(read("speed=   4x\nprogress=continue").speed()).isEqualTo(4);
        assertThat(read("speed=1.2e+03x\nprogress=continue").speed()).isEqualTo(1_200);
    }

    @Test
    void otherLinesMeanNothing() {
        assertThat(parser.accept("")).isEmpty();
        assertThat(parser.accept("no key")).isEmpty();
        assertThat(parser.accept("frame")).isEmpty();
    }

    private EncodeProgress read(String block) {
        Optional<EncodeProgress> last = Optional.empty();
        for (String line : block.lines().toList()) {
            assertThat(last).isEmpty();
            last = parser.accept(line);
        }
        return last.orElseThrow();
    }
}
