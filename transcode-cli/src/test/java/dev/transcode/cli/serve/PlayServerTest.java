package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code transcode play} answers, asked over a socket. */
class PlayServerTest {
    private static final String SECRET = "not yours";
    private static final String FILM = "0123456789";

    @TempDir
    private static Path temp;

    private static HttpClient client;
    private static PlayServer server;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("out"));
        Files.writeString(temp.resolve("secret.mp4"), SECRET);
        Files.createDirectories(temp.resolve("out-too"));
        Files.writeString(temp.resolve("out-too/secret.mp4"), SECRET);
        Files.writeString(folder.resolve("master.m3u8"), "#EXTM3U\n");
        Files.writeString(folder.resolve("film.mp4"), FILM);
        Files.writeString(folder.resolve("a b+c%.mp4"), FILM);
        Files.writeString(folder.resolve(".hidden.mp4"), SECRET);
        Path run = Files.createDirectories(folder.resolve("r-1a2b3c4d-7/a-128k"));
        Files.writeString(run.resolve("s00000.m4s"), FILM);
        Files.createSymbolicLink(folder.resolve("outside.mp4"), temp.resolve("secret.mp4"));
        Files.createSymbolicLink(folder.resolve("outside"), temp);
        Files.createSymbolicLink(folder.resolve("inside.mp4"), folder.resolve("film.mp4"));
        server = PlayServer.start(folder.resolve("master.m3u8"), 0);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-3, 0123, 0-3", "bytes=4-, 456789, 4-9", "bytes=-2, 89, 8-9", "bytes=8-99, 89, 8-9"})
    void aRangeIsAPart(String range, String body, String shown) throws Exception {
        HttpResponse<String> answer = get("media/film.mp4", "Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + shown + "/10");
        assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(body.length()));
    }

    @Test
    void aRangeBeyondTheEndIsRefusedAndNotKept() throws Exception {
        HttpResponse<String> answer = get("media/film.mp4", "Range", "bytes=10-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */10");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aRangeOfAnOlderFileGivesTheWholeNewOne() throws Exception {
        HttpResponse<String> answer = get("media/film.mp4", "Range", "bytes=0-3", "If-Range", "\"older\"");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(FILM);
    }

    @Test
    void aFileIsAskedForAgainAndNotSentTwice() throws Exception {
        HttpResponse<String> first = get("media/film.mp4");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        HttpResponse<String> second = get("media/film.mp4", "If-None-Match", header(first, "ETag"));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void aRunDirectoryIsKeptForAYear() throws Exception {
        HttpResponse<String> answer = get("media/r-1a2b3c4d-7/a-128k/s00000.m4s");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(answer, "Content-Type")).isEqualTo("audio/mp4");
        assertThat(header(get("media/r-1a2b3c4d-7/a-128k/s00001.m4s"), "Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void headTellsTheSizeAndSendsNothing() throws Exception {
        HttpResponse<String> answer = send("HEAD", "media/film.mp4");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("10");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void playersOfOtherOriginsMayReadTheMediaButNotThePage() throws Exception {
        HttpResponse<String> asked = send("OPTIONS", "media/film.mp4");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(header(asked, "Access-Control-Allow-Headers")).contains("Range");
        assertThat(header(asked, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, OPTIONS");
        HttpResponse<String> media = get("media/film.mp4");
        assertThat(header(media, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(media, "Access-Control-Expose-Headers")).contains("Content-Range", "ETag");
        assertThat(get("").headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    /** Any page on the web can guess the port, and what lies in a folder of downloads. */
    @ParameterizedTest
    @ValueSource(strings = {"report.json", "letter.pdf", "photo.jpg", "film.key"})
    void pagesOfOtherOriginsReadNothingElse(String name) throws Exception {
        Files.writeString(temp.resolve("out").resolve(name), FILM);
        for (HttpResponse<String> answer : List.of(get("media/" + name), send("OPTIONS", "media/" + name))) {
            assertThat(answer.statusCode()).isBetween(200, 204);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE"})
    void nothingIsChangedOverHttp(String method) throws Exception {
        for (String path : new String[] {"", "media/film.mp4"}) {
            HttpResponse<String> answer = send(method, path);
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
        assertThat(get("media/film.mp4").body()).isEqualTo(FILM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/../secret.mp4",
                "/media/../out-too/secret.mp4",
                "/media/%2e%2e/secret.mp4",
                "/media/..%2fsecret.mp4",
                "/media/%2e%2e%2fsecret.mp4",
                "/media/..%5csecret.mp4",
                "/media/r-1a2b3c4d-7/../../secret.mp4",
                "/media//../secret.mp4",
                "/media/outside.mp4",
                "/media/outside/secret.mp4",
                "/media/.hidden.mp4",
                "/media/film.mp4%00.m3u8",
                "/media/",
                "/media/r-1a2b3c4d-7",
                "/page/../version.properties",
                "/page/%2e%2e/version.properties",
                "/page/PlayServer.class"
            })
    void nothingOutsideTheFolderExists(String path) throws Exception {
        String answer = raw(path, "127.0.0.1");
        assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain(SECRET).doesNotContain("hls.js=");
    }

    @Test
    void aLinkWithinTheFolderAndAnAwkwardNameAreServed() throws Exception {
        assertThat(get("media/inside.mp4").body()).isEqualTo(FILM);
        assertThat(get("media/a%20b+c%25.mp4").body()).isEqualTo(FILM);
    }

    @Test
    void aNameThatIsNotThisMachinesIsRefused() throws Exception {
        assertThat(raw("/", "evil.example")).startsWith("HTTP/1.1 421 Misdirected Request");
        assertThat(raw("/media/film.mp4", "127.0.0.1.evil.example:80")).startsWith("HTTP/1.1 421");
        assertThat(raw("/media/film.mp4", "localhost:9999")).startsWith("HTTP/1.1 200");
    }

    @Test
    void thePageRunsNothingButItsOwnScripts() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        Matcher references = Pattern.compile("(?:src|href)=\"/(page/[^\"]+)\"").matcher(page.body());
        int found = 0;
        while (references.find()) {
            HttpResponse<String> file = get(references.group(1));
            assertThat(file.statusCode()).as(references.group(1)).isEqualTo(200);
            assertThat(file.body()).isNotEmpty();
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
        assertThat(get("page/hls.js").body()).contains("Hls");
        assertThat(get("page/play.json").body()).contains("\"playlist\":\"/media/master.m3u8\"", "\"folder\":\"out\"");
    }

    @Test
    void aTakenPortIsSaid() {
        assertThatThrownBy(() -> PlayServer.start(
                        temp.resolve("out/master.m3u8"), server.url().getPort()))
                .isInstanceOfSatisfying(TranscodeException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo(FailureCode.IO_ERROR);
                    assertThat(e.failure().message()).contains("cannot listen on 127.0.0.1", "taken");
                    assertThat(e.failure().hint()).contains("--port");
                });
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        return client.send(
                headers.length == 0 ? request.build() : request.headers(headers).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** A request as it stands: no client puts its path in order. */
    private static String raw(String path, String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
