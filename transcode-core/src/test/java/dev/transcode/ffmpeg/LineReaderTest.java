package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void lineFeedAndCarriageReturnBothEndALine() throws IOException {
        assertThat(lines(100, "a\nb\rc\r\nd")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void emptyLinesAreDropped() throws IOException {
        assertThat(lines(100, "\n\na\n\n")).containsExactly("a");
    }

    @Test
    void whatIsBeyondTheBoundIsCutOffAndTheNextLineIsWhole() throws IOException {
        assertThat(lines(4, "x".repeat(100_000) + "\nnext")).containsExactly("xxxx", "next");
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws IOException {
        List<String> lines = new ArrayList<>();
        new LineReader(10, lines::add).readAll(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'}));
        assertThat(lines).containsExactly("a\ufffd");
    }

    private static List<String> lines(int maxBytes, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        new LineReader(maxBytes, lines::add).readAll(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return lines;
    }
}
