package dev.transcode.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.Bitrate;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import dev.transcode.media.FrameRate;
import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RokuLimitsTest {
    /** Level 4.2 takes 8,704 macroblocks of 16 x 16 a frame, begun ones included, and 522,240 a second. */
    @ParameterizedTest
    @CsvSource({
        "2048, 1088, 24, true",
        "2050, 1088, 24, false",
        "2048, 1090, 24, false",
        "1920, 1080, 64, true",
        "1920, 1080, 65, false",
    })
    void knowsTheLevel(int width, int height, int rate, boolean taken) {
        List<Finding> findings = check(new Resolution(width, height), rate, "1M");

        assertThat(findings)
                .extracting(Finding::code)
                .isEqualTo(taken ? List.of() : List.of(FindingCode.LEVEL_ABOVE_ROKU));
    }

    @Test
    void knowsTheBuffer() {
        assertThat(check(new Resolution(1280, 720), 25, "15400k")).isEmpty();
        assertThat(check(new Resolution(1280, 720), 25, "16M")).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SEGMENT_ABOVE_ROKU);
            assertThat(finding.observed()).isEqualTo("a segment of x may have 8.0 MB");
        });
    }

    private static List<Finding> check(Resolution size, int rate, String maxRate) {
        Bitrate max = Bitrate.parse(maxRate);
        Rendition rendition = new Rendition(
                "x",
                size,
                FrameRate.of(rate),
                2 * rate,
                EncodeSettings.DEFAULT.codec(),
                Preset.MEDIUM,
                RateControl.BITRATE,
                23,
                max,
                max,
                2 * max.bitsPerSecond(),
                Optional.empty());
        List<Finding> findings = new ArrayList<>();
        RokuLimits.check(rendition, Duration.ofSeconds(4), findings);
        return findings;
    }
}
