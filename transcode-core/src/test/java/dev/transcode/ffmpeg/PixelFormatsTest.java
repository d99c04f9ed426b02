package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelFormatsTest {
    @ParameterizedTest
    @CsvSource({
        "yuv420p, 8, 4:2:0",
        "yuvj420p, 8, 4:2:0",
        "yuva420p, 8, 4:2:0",
        "nv12, 8, 4:2:0",
        "yuv420p10le, 10, 4:2:0",
        "p010le, 10, 4:2:0",
        "yuv420p12be, 12, 4:2:0",
        "yuv422p10le, 10, 4:2:2",
        "yuyv422, 8, 4:2:2",
        "y210le, 10, 4:2:2",
        "yuv411p, 8, 4:1:1",
        "yuv410p, 8, 4:1:0",
        "yuv440p, 8, 4:4:0",
        "yuvj444p, 8, 4:4:4",
        "yuva444p16le, 16, 4:4:4",
        "gbrp, 8, RGB",
        "gbrp10le, 10, RGB",
        "gbrap12be, 12, RGB",
        "rgb24, 8, RGB",
        "bgra, 8, RGB",
        "pal8, 8, RGB",
        "rgb48le, 16, RGB",
        "rgba64be, 16, RGB",
        "x2rgb10le, 10, RGB",
        "gray, 8, grey",
        "gray10le, 10, grey",
        "ya16be, 16, grey",
        "monob, 8, grey",
    })
    void namesAreUnderstood(String name, int bits, String chroma) {
        assertThat(PixelFormats.bitDepth(name)).isEqualTo(bits);
        assertThat(PixelFormats.chroma(name)).isEqualTo(chroma);
    }
}
