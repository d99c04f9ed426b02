package dev.transcode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.Rung;
import dev.transcode.media.Bitrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderJsonTest {
    private static final String CONTRACT = """
            [{"name": "720p", "height": 720, "bitrate": "4M", "audio_bitrate": "128k"},
             {"name": "480p", "height": 480, "bitrate": 2000000, "audio_bitrate": "96k", "later": {"a": 1}}]""";

    @Test
    void readsTheContractsLadder() {
        Ladder ladder = LadderJson.parse(CONTRACT);

        assertThat(ladder.rungs())
                .containsExactly(
                        Rung.of("720p", 720, new Bitrate(4_000_000), new Bitrate(128_000)),
                        Rung.of("480p", 480, new Bitrate(2_000_000), new Bitrate(96_000)));
    }

    @Test
    void readsTheLadderOfAWholeJob() {
        assertThat(LadderJson.parse("{\"id\": \"x\", \"ladder\": " + CONTRACT + "}")
                        .rungs())
                .hasSize(2);
    }

    @Test
    void readsARungsOwnSettings() {
        Ladder ladder = LadderJson.parse("""
                [{"name": "low", "height": 360, "bitrate": "800k", "audio_bitrate": "64k",
                  "preset": "slow", "crf": 25, "max_fps": 30, "codec": "h264"}]""");

        Rung rung = ladder.rungs().get(0);
        assertThat(rung.preset()).contains(Preset.SLOW);
        assertThat(rung.crf()).hasValue(25);
        assertThat(rung.maxFps()).hasValue(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                          | not a JSON array",
                "[{]                                               | not JSON",
                "[1]                                               | rung 1 is not a JSON object",
                "[]                                                | 1 to 16 rungs",
                "[{\"name\":\"a\"}]                                | rung 1: height is missing",
                "[{\"name\":\"a\",\"height\":\"x\"}]               | rung 1: height is not a whole number",
                "[{\"name\":\"a\",\"height\":1.5}]                 | rung 1: height is not a whole number",
                "[{\"name\":\"a\",\"height\":90,\"bitrate\":true}] | rung 1: bitrate is neither a string nor a number",
                "[{\"name\":\"a\",\"height\":90,\"bitrate\":\"4\"}]| rung 1: audio_bitrate is missing"
            })
    void saysWhichRungAndFieldIsWrong(String json, String reason) {
        assertThatThrownBy(() -> LadderJson.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"hls", "Master", "a/b", "-a", "''"})
    void refusesNamesThatAreNoFileNames(String name) {
        String json = "[{\"name\":\"" + name + "\",\"height\":90,\"bitrate\":\"1M\",\"audio_bitrate\":\"64k\"}]";

        assertThatThrownBy(() -> LadderJson.parse(json)).hasMessageContaining("rung name");
    }
}
