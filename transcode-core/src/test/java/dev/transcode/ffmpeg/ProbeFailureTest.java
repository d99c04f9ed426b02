package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeFailureTest {
    private static final FileHead MP4 = new FileHead("\0\0\0 ftypisom");
    private static final FileHead TEXT = new FileHead("hello, this is text");

    @Test
    void aMissingIndexIsToldApartFromGarbage() {
        String[] words = {
            "[mov,mp4,m4a,3gp,3g2,mj2 @ 0x559459c58300] moov atom not found",
            "file:/tmp/in/garbage.mp4: Invalid data found when processing input"
        };

        assertThat(failure(1, MP4, words).message())
                .isEqualTo("cannot read the file: the MP4's index (moov) is missing, so the recording or upload was cut"
                        + " off (ffprobe exited 1: [mov,mp4,m4a,3gp,3g2,mj2] moov atom not found; Invalid data found"
                        + " when processing input)");
        assertThat(failure(1, TEXT, words).message())
                .startsWith("cannot read the file: it is not a media file, or its beginning is damaged (ffprobe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [hls @ 0x55d658ce2300] Format not on whitelist 'mov,mp4' | UNSUPPORTED_FORMAT
            [png_pipe @ 0x55d658ce2300] Format not on whitelist 'mov,mp4' | UNSUPPORTED_FORMAT
            [apng @ 0x55d658ce2300] Codec (apng) not on whitelist 'h264' | UNSUPPORTED_FORMAT
            [matroska,webm @ 0x538d] EBML header parsing failed | BAD_INPUT
            file:/x: Invalid data found when processing input | BAD_INPUT
            [mov @ 0x1] Number of streams exceeds max_streams parameter (64), see the documentation | LIMIT_STREAMS
            file:/x: Permission denied | INPUT_NOT_FOUND
            ffprobe: error while loading shared libraries: libpulse.so.0: cannot open | FFMPEG_MISSING
            """)
    void wordsAreClassified(String words, FailureCode code) {
        assertThat(failure(1, TEXT, words).code()).isEqualTo(code);
    }

    @Test
    void theWhitelistIsNotRepeated() {
        assertThat(failure(1, TEXT, "[hls @ 0x5] Format not on whitelist 'mov,mp4,m4a'")
                        .message())
                .isEqualTo("cannot read the file: its format, hls, is not accepted"
                        + " (ffprobe exited 1: [hls] Format not on whitelist)");
    }

    @Test
    void aKilledProberIsNoFaultOfTheFile() {
        assertThat(failure(137, MP4).code()).isEqualTo(FailureCode.FFMPEG_KILLED);
        assertThat(failure(139, MP4).code()).isEqualTo(FailureCode.BAD_INPUT);
    }

    private static Failure failure(int exit, FileHead head, String... words) {
        return ProbeFailure.of(new ToolExit(exit, List.of(words), Duration.ZERO), head);
    }
}
