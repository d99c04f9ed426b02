package dev.transcode.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.Resolution;
import java.io.StringReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
    private static final String REPORT = """
            {"duration": 10.0, "source": {"duration": 10.5},
             "renditions": [
               {"name": "720p", "type": "video", "duration": 10.0, "width": 1280, "height": 720, "samples": 250,
                "segments": [{"bytes": 1}]},
               {"name": "96k", "type": "audio", "duration": 10.02}],
             "outputs": [{"profile": "720p", "key": "out/720p.mp4"}, {"profile": "hls", "key": "out/master.m3u8"}]}
            """;

    @Test
    void tellsWhatAPackageShouldHold() {
        Expectation expected = read(REPORT).orElseThrow();

        assertThat(expected.tracks()).hasSize(2);
        assertThat(expected.tracks().get(0).folder()).isEqualTo("v-720p");
        assertThat(expected.tracks().get(0).size()).contains(new Resolution(1280, 720));
        assertThat(expected.tracks().get(1).duration()).isEqualTo(Duration.ofMillis(10_020));
        assertThat(expected.files()).hasSize(1);
    }

    /** A stranger's file that has the same name: any value may be of any type. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"duration\": 10.5}             | 7",
                "{\"duration\": 10.5}             | \"x\"",
                "\"duration\": 10.0, \"source\"   | \"source\"",
                "\"duration\": 10.0, \"source\"   | \"duration\": [], \"source\"",
                "\"duration\": 10.0, \"source\"   | \"duration\": {}, \"source\"",
                "\"duration\": 10.0, \"source\"   | \"duration\": 1e999999, \"source\"",
                "\"type\": \"video\"              | \"type\": {}",
                "\"width\": 1280                  | \"width\": -1",
                "\"width\": 1280                  | \"width\": \"wide\"",
                "\"samples\": 250                 | \"samples\": null",
                "\"outputs\": [                   | \"outputs\": 3, \"more\": [",
                "{\"profile\": \"hls\"            | 4, {\"profile\": \"hls\"",
                "\"key\": \"out/720p.mp4\"        | \"key\": []",
            })
    void knowsNothingWhereAValueIsAnother(String ours, String theirs) {
        assertThat(REPORT).contains(ours);

        assertThat(read(REPORT.replace(ours, theirs))).isEmpty();
    }

    private static Optional<Expectation> read(String text) {
        return ReportReader.read(new StringReader(text));
    }
}
