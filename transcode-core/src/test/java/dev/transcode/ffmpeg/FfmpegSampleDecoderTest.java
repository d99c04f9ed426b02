package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FfmpegSampleDecoderTest {
    @Test
    void onlyWhatFfmpegSaysIsAComplaint() {
        assertThat(FfmpegSampleDecoder.complaints(List.of(
                        "Warning: using insecure memory!",
                        "[h264 @ 0x5581] [error] Invalid NAL unit size",
                        "[error] v0/s00000.m4s: Invalid data found when processing input",
                        "[fatal] Conversion failed!",
                        "Fontconfig error: Cannot load default config file: [error] is no level here")))
                .containsExactly(
                        "[h264 @ 0x5581] [error] Invalid NAL unit size",
                        "[error] v0/s00000.m4s: Invalid data found when processing input",
                        "[fatal] Conversion failed!");
    }
}
