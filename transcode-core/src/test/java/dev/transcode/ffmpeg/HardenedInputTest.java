package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HardenedInputTest {
    private final List<String> options =
            HardenedInput.options(Set.of("h264", "mp3float", "pcm_s16le", "librsvg", "ansi", "mov_text", "anull"));

    @Test
    void onlyDecodersThatBothSidesKnowAreAllowed() {
        assertThat(valueOf("-codec_whitelist")).isEqualTo("h264,mov_text,mp3float,pcm_s16le");
    }

    @Test
    void noFormatThatOpensOtherFilesIsAllowed() {
        assertThat(valueOf("-format_whitelist").split(",", -1))
                .contains("mov", "matroska", "mpegts")
                .doesNotContain("hls", "dash", "concat", "sdp", "image2", "tty", "imf", "rtsp", "lavfi", "srt");
    }

    @Test
    void theRestIsFixed() {
        assertThat(options).hasSize(18);
        assertThat(valueOf("-protocol_whitelist")).isEqualTo("file");
        assertThat(valueOf("-max_pixels")).isEqualTo("35389440");
        assertThat(valueOf("-max_streams")).isEqualTo("64");
    }

    private String valueOf(String option) {
        return options.get(options.indexOf(option) + 1);
    }
}
