package dev.transcode.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into lines of bounded length: ended by LF, CR (FFmpeg's status line) or both. Empty lines are
 * dropped. What a line has beyond the bound is thrown away, so a flood without a line end takes no memory.
 */
final class LineReader {
    private static final int BUFFER_BYTES = 16_384;

    private final int maxBytes;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

    /**
     * @param maxBytes of a line; the rest is cut off
     * @param lines hears of each line, without its end, decoded as UTF-8 with replacement
     */
    LineReader(int maxBytes, Consumer<String> lines) {
        this.maxBytes = maxBytes;
        this.lines = lines;
    }

    /** Reads {@code in} to its end; a last line without an end counts. */
    void readAll(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            accept(buffer, count);
        }
        endLine();
    }

    private void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                endLine();
            } else if (line.size() < maxBytes) {
                line.write(bytes[i]);
            }
        }
    }

    private void endLine() {
        if (line.size() > 0) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            lines.accept(text);
        }
    }
}
