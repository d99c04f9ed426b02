package dev.transcode.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.Resolution;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
    private static final Optional<Resolution> SIZE = Optional.of(new Resolution(1280, 720));

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

        assertThat(expected)
                .isEqualTo(new Expectation(
                        Duration.ofMillis(10_500),
                        Duration.ofMillis(10_500),
                        List.of(
                                new Expectation.Track("v-720p", SIZE, OptionalLong.of(250), Duration.ofSeconds(10)),
                                new Expectation.Track(
                                        "a-96k", Optional.empty(), OptionalLong.empty(), Duration.ofMillis(10_020))),
                        List.of(new Expectation.File("720p.mp4", SIZE, true, Duration.ofSeconds(10)))));
    }

    @Test
    void aSilentFilmHasNoSound() {
        Expectation expected = read(REPORT.replace(
                        "\"type\": \"audio\"", "\"type\": \"video\", \"width\": 2, \"height\": 2, \"samples\": 1"))
                .orElseThrow();

        assertThat(expected.files())
                .containsExactly(new Expectation.File("720p.mp4", SIZE, false, Duration.ofSeconds(10)));
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
