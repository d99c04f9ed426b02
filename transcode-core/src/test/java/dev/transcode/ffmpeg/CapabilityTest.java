package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as printed by FFmpeg 5.1.9 and 8.1.2. */
class CapabilityTest {
    @Test
    void encodersAreTheSecondWordAndTheLegendIsNone() {
        assertThat(Capability.ENCODERS.parse(List.of(
                        "Encoders:",
                        " V..... = Video",
                        " .....D = Supports direct rendering method 1",
                        " ------",
                        " V....D libx264              libx264 H.264 / AVC (codec h264)",
                        " A....D aac                  AAC (Advanced Audio Coding)")))
                .containsExactly("aac", "libx264");
    }

    @Test
    void filtersHaveTwoOrThreeFlags() {
        assertThat(Capability.FILTERS.parse(List.of(
                        "Filters:",
                        "  T.. = Timeline support",
                        "  A = Audio input/output",
                        "  | = Source or sink filter",
                        " ..C zscale            V->V       Apply resizing.",
                        " .S split             V->N       Pass on the input.",
                        " .. testsrc2          |->V       Generate another test pattern.")))
                .containsExactly("split", "testsrc2", "zscale");
    }

    @Test
    void demuxersMayBeDevices() {
        assertThat(Capability.DEMUXERS.parse(List.of(
                        "File formats:",
                        " D. = Demuxing supported",
                        " --",
                        " D  mov,mp4,m4a     QuickTime / MOV",
                        " D   aac             raw ADTS AAC",
                        " D d alsa            ALSA audio input")))
                .containsExactly("aac", "alsa", "mov,mp4,m4a");
    }

    @Test
    void hwaccelsStandAlone() {
        assertThat(Capability.HWACCELS.parse(List.of("Hardware acceleration methods:", "cuda", "vaapi", "")))
                .containsExactly("cuda", "vaapi");
    }
}
