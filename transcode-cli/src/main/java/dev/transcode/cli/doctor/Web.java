package dev.transcode.cli.doctor;

import dev.transcode.cli.http.HttpErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks web servers as a player on another site would: with an Origin, following redirects. Thread-safe. */
final class Web {
    /** Whose pages are said to ask; it does not exist (RFC 2606). */
    static final String ORIGIN = "https://player.example";

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Until the answer begins; a body that drips is ended by the doctor's own limit. */
    private static final Duration ANSWER = Duration.ofSeconds(8);

    private final HttpClient follows = client(HttpClient.Redirect.NORMAL);

    /**
     * What a server said.
     *
     * @param address where the answer came from, after redirects
     * @param text the body, if it was asked for
     * @param bytes of the body that were read
     * @param first until the answer began
     * @param took until the body was read
     */
    record Answer(int status, URI address, Headers headers, String text, long bytes, Duration first, Duration took) {
        boolean isGood() {
            return status == 200 || status == 206;
        }

        /** Bytes of the whole resource, as its headers tell; 0 = they do not. */
        long size() {
            String range = headers.get("content-range").orElse("");
            String whole = range.isEmpty()
                    ? headers.get("content-length").orElse("")
                    : range.substring(range.lastIndexOf('/') + 1);
            return whole.matches("\\d{1,18}") ? Long.parseLong(whole) : 0;
        }
    }

    /** Headers by name, whatever its case. */
    @FunctionalInterface
    interface Headers {
        Optional<String> get(String name);
    }

    /** A playlist: its text, up to {@code most} bytes. */
    Answer text(URI address, int most) throws IOException, InterruptedException {
        return send(follows, request(address).GET().build(), most, true);
    }

    /** A file, read and thrown away, up to {@code most} bytes. */
    Answer load(URI address, long most) throws IOException, InterruptedException {
        return send(follows, request(address).GET().build(), most, false);
    }

    /** One byte of a file: whether it is there, how long it is, and whether the server knows ranges. */
    Answer touch(URI address, long offset) throws IOException, InterruptedException {
        String range = "bytes=" + offset + "-" + offset;
        return send(follows, request(address).header("Range", range).GET().build(), 1, false);
    }

    /** Without body and without following redirects. */
    Answer head(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("User-Agent", "transcode-doctor")
                .method("HEAD", BodyPublishers.noBody())
                .build();
        return send(client(HttpClient.Redirect.NEVER), request, 0, false);
    }

    /** Without its query, which may hold a token. */
    static String shown(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?…";
    }

    private static HttpClient client(HttpClient.Redirect redirect) {
        return HttpClient.newBuilder()
                .followRedirects(redirect)
                .connectTimeout(CONNECT)
                .build();
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("User-Agent", "transcode-doctor")
                .header("Origin", ORIGIN);
    }

    private static Answer send(HttpClient client, HttpRequest request, long most, boolean keep)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            Duration first = since(start);
            String text = "";
            long bytes;
            try (InputStream body = response.body()) {
                if (keep) {
                    byte[] read = body.readNBytes((int) most);
                    text = new String(read, StandardCharsets.UTF_8);
                    bytes = read.length;
                } else {
                    bytes = skip(body, most);
                }
            }
            Headers headers = name -> response.headers().firstValue(name);
            return new Answer(response.statusCode(), response.uri(), headers, text, bytes, first, since(start));
        } catch (IOException e) {
            throw new IOException(reason(e), e);
        }
    }

    private static long skip(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long bytes = 0;
        while (bytes < most) {
            int read = body.read(buffer, 0, (int) Math.min(buffer.length, most - bytes));
            if (read < 0) {
                return bytes;
            }
            bytes += read;
        }
        return bytes;
    }

    private static String reason(IOException e) {
        return e instanceof HttpTimeoutException
                ? "no answer within " + ANSWER.toSeconds() + " s"
                : HttpErrors.reason(e);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
