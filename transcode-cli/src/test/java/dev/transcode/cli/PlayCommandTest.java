package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayCommandTest {
    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void servesUntilItIsInterrupted() throws Exception {
        Files.writeString(temp.resolve("master.m3u8"), "#EXTM3U\n");
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(10);
        PrintWriter printer = new PrintWriter(out) {
            @Override
            public void println(String line) {
                lines.add(line);
            }
        };
        int[] code = {-1};
        Thread command = new Thread(
                () -> code[0] = Main.run(printer, new PrintWriter(err, true), "play", temp.toString(), "--json"));
        command.start();
        String line = String.valueOf(lines.poll(30, TimeUnit.SECONDS));
        assertThat(line).matches("\\{\"url\":\"http://127\\.0\\.0\\.1:\\d+/\"}");
        URI url = URI.create(line.substring(8, line.length() - 2));
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
        command.interrupt();
        command.join(30_000);
        assertThat(command.isAlive()).isFalse();
        assertThat(code[0]).isZero();
    }

    @Test
    void withoutAPlaylistItSaysWhichFolderIsMeant() throws Exception {
        Path inner = Files.createDirectories(temp.resolve("out"));
        Files.writeString(inner.resolve("master.m3u8"), "#EXTM3U\n");
        assertThat(run("play", temp.toString())).isEqualTo(5);
        assertThat(err.toString())
                .contains("cannot play " + temp + ": there is no master.m3u8 in it [input_not_found]")
                .contains("hint: Did you mean 'transcode play " + inner + "'?");
    }

    @Test
    void aFilmIsNoPackage() throws Exception {
        Path film = Files.writeString(temp.resolve("film.mp4"), "film");
        assertThat(run("play", film.toString(), "--json")).isEqualTo(5);
        assertThat(out.toString()).contains("\"error_code\": \"input_not_found\"", "transcode run " + film);
    }

    @Test
    void aMissingFolderAndAWrongPort() {
        assertThat(run("play", temp.resolve("none").toString())).isEqualTo(5);
        assertThat(err.toString()).contains("there is no such folder");
        assertThat(run("play", temp.toString(), "--port", "70000")).isEqualTo(2);
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
