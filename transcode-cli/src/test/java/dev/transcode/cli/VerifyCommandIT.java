package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.transcode.ffmpeg.FfmpegInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code transcode verify} on our packages and on others, in folders and on the web. */
class VerifyCommandIT {
    @TempDir
    private static Path films;

    private static Path film;
    private static Path good;

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeAll
    static void makePackage() throws Exception {
        film = Films.small(films.resolve("film.mp4"), 9);
        good = films.resolve("good");
        String ladder = "--ladder=180p:300k:64k,90p:100k:64k";
        CommandRun run = CommandRun.of("run", film.toString(), "-o", good.toString(), ladder, "--preset=ultrafast");
        assertThat(run.code()).as(run.err()).isZero();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = films.resolve(exchange.getRequestURI().getPath().substring(1));
            if (exchange.getRequestURI().getPath().startsWith("/moved/")) {
                exchange.getResponseHeaders()
                        .add("Location", exchange.getRequestURI().getPath().substring(6));
                exchange.sendResponseHeaders(302, -1);
            } else if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, 0);
                Files.copy(file, exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aGoodPackagePassesInAFolderAndOnTheWeb() {
        for (String target : List.of(
                good.toString(),
                good.resolve("master.m3u8").toString(),
                address("good/"),
                address("moved/good/master.m3u8"))) {
            CommandRun run = CommandRun.of("verify", target);

            assertThat(run.code()).as(target + run.out() + run.err()).isZero();
            assertThat(run.out()).contains("ok       extinf").contains("good: 17 ok, 0 failed, 0 skipped");
        }
    }

    @Test
    void oneMediaPlaylistIsAPackageToo() throws IOException {
        CommandRun run = CommandRun.of("verify", find(good, "v-90p/index.m3u8").toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("skipped  bandwidth");
    }

    @Test
    void aPackageWithAbsoluteAddressesIsReadFromItsFolder() {
        Path out = folder.resolve("absolute");
        String base = "--public-base-url=https://cdn.invalid/films/1";
        CommandRun.of("run", film.toString(), "-o", out.toString(), "--preset=ultrafast", base);

        CommandRun run = CommandRun.of("verify", out.toString());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    @Test
    void whatIsWrongIsToldWithWhatWasExpected() throws IOException {
        Path bad = copy(good);
        Files.delete(find(bad, "v-90p/s00001.m4s"));
        Path master = bad.resolve("master.m3u8");
        Files.writeString(master, Files.readString(master).replace("RESOLUTION=320x180", "RESOLUTION=640x360"));

        CommandRun run = CommandRun.of("verify", bad.toString());
        CommandRun json = CommandRun.of("verify", bad.toString(), "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("v-90p/s00001.m4s: expected a segment, found nothing")
                .contains("expected RESOLUTION 320x180, found 640x360")
                .contains("bad: ");
        assertThat(json.code()).isEqualTo(1);
        JsonObject object = JsonParser.parseString(json.out()).getAsJsonObject();
        assertThat(object.get("status").getAsString()).isEqualTo("failed");
        List<String> failed = new ArrayList<>();
        for (JsonElement check : object.getAsJsonArray("checks")) {
            if (check.getAsJsonObject().get("outcome").getAsString().equals("failed")) {
                failed.add(check.getAsJsonObject().get("check").getAsString());
            }
        }
        assertThat(failed).containsExactly("files", "codecs");
    }

    /** Above 4 h with four rungs it is longer than a playlist may be. */
    @Test
    void aLongReportIsReadAsWell() throws IOException {
        Path copy = copy(good);
        Path report = find(copy, "report.json");
        Files.writeString(report, Files.readString(report) + " ".repeat(5 << 20));

        CommandRun run = CommandRun.of("verify", copy.toString(), "--no-decode");

        assertThat(run.out())
                .isEqualTo(
                        CommandRun.of("verify", good.toString(), "--no-decode").out());
        Files.delete(report);
        assertThat(CommandRun.of("verify", copy.toString(), "--no-decode").out())
                .isNotEqualTo(run.out());
    }

    @Test
    void whatIsNotThereExitsWithFive() {
        for (String target :
                List.of(folder.resolve("none").toString(), folder.toString(), address("none/master.m3u8"))) {
            CommandRun run = CommandRun.of("verify", target);

            assertThat(run.code()).as(target).isEqualTo(5);
            assertThat(run.err()).contains("[input_not_found]");
        }
    }

    @Test
    void aServerThatCannotBeReachedExitsWith69() {
        String address = address("good/master.m3u8");
        server.stop(0);

        assertThat(CommandRun.of("verify", address).code()).isEqualTo(69);
    }

    @Test
    void noMoreIsLoadedThanAllowed() {
        CommandRun run = CommandRun.of("verify", address("good/master.m3u8"), "--max-bytes", "20000");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("larger than 20 kB").contains("--max-bytes");
    }

    @Test
    void transportStreamsAreCheckedAsFarAsTheyCanBe() throws Exception {
        Path master = foreign("ts");

        CommandRun run = CommandRun.of("verify", master.toString());

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("ok       decode").contains("has MPEG-TS segments");
    }

    @Test
    void emptyEditsOfAnotherPackagerAreFound() throws Exception {
        Path master = foreign("fmp4", "-hls_segment_type", "fmp4");

        CommandRun run = CommandRun.of("verify", master.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("an edit with media_time -1");
    }

    @Test
    void whatAPackageIsCalledDoesNotSteerTheTerminal() throws IOException {
        Files.writeString(
                films.resolve("steering.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n%1b%5d0;owned%07%c2%9b31m.ts\n#EXT-X-ENDLIST\n");

        CommandRun run = CommandRun.of("verify", address("steering.m3u8"), "--no-decode");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("]0;owned").doesNotContain("\u001b", "\u0007", "\u009b");
    }

    @Test
    void aPlaylistCannotLeadOutOfItsFolder() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("secret.m4s"), "secret");
        Path playlist = Files.writeString(
                inside.resolve("evil.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n../secret.m4s\n#EXT-X-ENDLIST\n");

        CommandRun run = CommandRun.of("verify", playlist.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("it lies outside the package's folder").doesNotContain("secret\n");
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    private Path foreign(String name, String... options) throws Exception {
        Path out = Files.createDirectory(folder.resolve(name)).resolve("film.m3u8");
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(System.getenv());
        List<String> command =
                new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-nostdin", "-i", film.toString()));
        command.addAll(List.of("-c:v", "libx264", "-bf", "2", "-g", "50", "-c:a", "aac"));
        command.addAll(List.of("-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"));
        command.addAll(List.of(options));
        command.add(out.toString());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(ffmpeg.environment());
        assertThat(builder.start().waitFor()).isZero();
        return out;
    }

    private Path copy(Path from) throws IOException {
        Path to = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static Path find(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith(ending)).findFirst().orElseThrow();
        }
    }
}
