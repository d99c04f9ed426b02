package dev.transcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {
    @Test
    void readsAllButTheSegments() throws IOException {
        JsonObject report = read("""
                {"id": "j", "renditions": [{"name": "720p", "segments": [{"bytes": 1}], "samples": 9}], "n": null,
                 "speed": 0.957, "bytes": 551579648, "ok": true}
                """);

        assertThat(report).isEqualTo(JsonParser.parseString("""
                {"id": "j", "renditions": [{"name": "720p", "samples": 9}], "n": null, "speed": 0.957,
                 "bytes": 551579648, "ok": true}
                """));
    }

    @Test
    void aLongFilmTakesLittleMemory() throws IOException {
        String text =
                "{\"segments\": [" + "{\"bytes\": 123456, \"duration\": 4.004, \"bitrate\": 987654},".repeat(100_000)
                        + "0], \"samples\": 9}";
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        read("{\"segments\": []}");

        long before = threads.getCurrentThreadAllocatedBytes();
        JsonObject report = read(text);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(report.get("samples").getAsInt()).isEqualTo(9);
        assertThat(allocated).isLessThan(text.length() / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "{\"a\": }", "{\"a\": 1} {}", "{\"a\": [1, 2}"})
    void refusesWhatIsNoReport(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesTooManyValues() {
        assertThatThrownBy(() -> read("{\"findings\": [" + "0,".repeat(100_000) + "0]}"))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds more than 100000 values");
    }

    @Test
    void refusesTooDeep() {
        assertThatThrownBy(() -> read("{\"a\": " + "[".repeat(1_000_000))).isInstanceOf(IOException.class);
    }

    private static JsonObject read(String text) throws IOException {
        return ReportJson.read(new StringReader(text));
    }
}
