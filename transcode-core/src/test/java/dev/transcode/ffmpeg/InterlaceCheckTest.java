package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.FieldOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterlaceCheckTest {
    @ParameterizedTest
    @CsvSource({
        "190, 0, 30, TOP_FIRST",
        "1, 200, 99, BOTTOM_FIRST",
        "0, 1, 299, PROGRESSIVE",
        "100, 90, 20, UNKNOWN",
        "0, 0, 0, UNKNOWN",
    })
    void theVerdictMustBeClear(int top, int bottom, int progressive, FieldOrder expected) {
        String line = String.format(
                "[Parsed_idet_0 @ 0x55] Multi frame detection: TFF:%6d BFF:%6d Progressive:%6d Undetermined:     3",
                top, bottom, progressive);

        assertThat(InterlaceCheck.parse(List.of("frame= 300", line))).isEqualTo(expected);
    }

    @Test
    void withoutAVerdictNothingIsKnown() {
        assertThat(InterlaceCheck.parse(List.of("Conversion failed!"))).isEqualTo(FieldOrder.UNKNOWN);
    }

    @Test
    void onlyTelevisionIsLookedAt() {
        assertThat(wanted(1080, FieldOrder.UNKNOWN)).isTrue();
        assertThat(wanted(720, FieldOrder.UNKNOWN)).isFalse();
        assertThat(wanted(1080, FieldOrder.PROGRESSIVE)).isFalse();
    }

    private static boolean wanted(int height, FieldOrder order) {
        return InterlaceCheck.isWanted(
                SampleStreams.video(SampleStreams.picture(1_920, height, "25/1", "yuv420p", order)));
    }
}
