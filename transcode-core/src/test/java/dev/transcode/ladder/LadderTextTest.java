package dev.transcode.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.media.Bitrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTextTest {
    @Test
    void readsRungsInTheOrderGiven() {
        Ladder ladder = LadderText.parse("720p:4M:128k, 480p:2M:96k");

        assertThat(ladder.rungs()).extracting(Rung::name).containsExactly("720p", "480p");
        assertThat(ladder.rungs().get(1).height()).isEqualTo(480);
        assertThat(ladder.rungs().get(1).bitrate()).isEqualTo(new Bitrate(2_000_000));
        assertThat(ladder.rungs().get(1).audioBitrate()).isEqualTo(new Bitrate(96_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "720p:4M                   | is not <height>p:<video bitrate>:<audio bitrate>",
                "720:4M:128k               | does not start with a height",
                "720p:4X:128k              | is not a number with k or M",
                "720p:0:128k               | bitrate must be 1 to",
                "9p:4M:128k                | does not start with a height",
                "8p:4M:128k                | does not start with a height",
                "9000p:4M:128k             | height must be 16 to 8192",
                "720p:4M:128k,720P:2M:96k  | does not start with a height",
                "720p:4M:128k,720p:2M:96k  | used twice"
            })
    void saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> LadderText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
