package dev.transcode.cli.serve.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events from a socket, line by line as they come (WHATWG HTML, 9.2). */
final class EventStream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader reader;
    final String head;
    int comments;

    EventStream(int port, String path, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder lines = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            lines.append(line).append('\n');
        }
        head = lines.toString();
    }

    /** The next event: event, data, id. Chunk sizes are skipped, comments counted. */
    Map<String, String> next() throws IOException {
        Map<String, String> event = new LinkedHashMap<>();
        while (true) {
            @Nullable String line = reader.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            if (line.startsWith(":")) {
                comments++;
            } else if (line.isEmpty() && event.containsKey("data")) {
                return event;
            } else if (line.matches("(event|data|id):.*")) {
                int colon = line.indexOf(':');
                event.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
    }

    /** Waits for so many comments. */
    void awaitComments(int count) throws IOException {
        while (comments < count) {
            @Nullable String line = reader.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            comments += line.startsWith(":") ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
