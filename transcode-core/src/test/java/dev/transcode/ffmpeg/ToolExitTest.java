package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolExitTest {
    @Test
    void code137CountsAsKilledBy9() {
        ToolExit exit = exit(137);

        assertThat(exit.signal()).hasValue(ToolExit.KILL);
        assertThat(exit.describe()).isEqualTo("was killed by signal 9 (KILL)");
    }

    @Test
    void ffmpegsOwnCodesAboveA128AreNoSignals() {
        // AVERROR_INVALIDDATA, AVERROR(EINVAL), AVERROR(ENOSPC), and FFmpeg 5's answer to TERM.
        for (int code : new int[] {183, 234, 228, 255}) {
            assertThat(exit(code).signal()).as("code %d", code).isEmpty();
            assertThat(exit(code).describe()).isEqualTo("exited " + code);
        }
    }

    @Test
    void lastWordsAreTheLastLinesInOrder() {
        assertThat(exit(1, "a", "b", "c").lastWords(2)).isEqualTo("b | c");
        assertThat(exit(1, "a").lastWords(3)).isEqualTo("a");
        assertThat(exit(1).lastWords(3)).isEmpty();
    }

    private static ToolExit exit(int code, String... lines) {
        return new ToolExit(code, List.of(lines), Duration.ZERO);
    }
}
