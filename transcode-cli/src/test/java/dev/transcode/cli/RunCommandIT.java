package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a small film, as a user runs it. */
class RunCommandIT {
    private static final String LADDER = "--ladder=180p:300k:64k,90p:100k:64k";

    @TempDir
    private static Path films;

    private static Path film;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeFilm() throws Exception {
        film = Films.small(films.resolve("it's a film.mp4"), 5);
    }

    @Test
    void makesTheLadderAndSaysSo() throws IOException {
        Path out = folder.resolve("out");

        CommandRun run = run(out, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonObject result = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(result.get("status").getAsString()).isEqualTo("complete");
        assertThat(keys(result)).containsExactly("180p=180p.mp4", "90p=90p.mp4", "hls=master.m3u8");
        assertThat(result.getAsJsonArray("renditions")).hasSize(3);
        assertThat(result.getAsJsonObject("timings").keySet()).contains("probe", "encode", "publish");
        assertThat(Files.readString(out.resolve("master.m3u8"))).contains("RESOLUTION=320x180");
        assertThat(names(out)).hasSize(4).allMatch(name -> name.matches("180p.mp4|90p.mp4|master.m3u8|r-.*"));
    }

    @Test
    void printsProgressAndATable() {
        CommandRun run = run(folder.resolve("out"));

        assertThat(run.err()).contains("encode").contains("100.0 %");
        assertThat(run.out()).contains("rendition").contains("320x180").contains("complete: 5.00 s encoded");
    }

    @Test
    void anotherRunReplacesTheOutputAndSparesStrangers() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("r-00000000-1"));
        Files.writeString(out.resolve("notes.txt"), "mine");

        for (int i = 0; i < 3; i++) {
            assertThat(run(out).code()).isZero();
        }

        List<String> names = names(out);
        assertThat(names).contains("notes.txt", "r-00000000-1", "master.m3u8");
        assertThat(names.stream().filter(name -> name.startsWith("r-"))).hasSize(3);
    }

    @Test
    void aFailureLeavesNothingBehind() throws IOException {
        Path garbage = Files.write(folder.resolve("garbage.mp4"), new byte[100_000]);
        Path out = folder.resolve("out");

        CommandRun run = CommandRun.of("run", garbage.toString(), "-o", out.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("[bad_input]").contains("hint: ");
        assertThat(out).doesNotExist();
    }

    @Test
    void aSourceNamedAsAnOutputIsNotReplaced() throws IOException {
        Path source = Files.copy(film, folder.resolve("180p.mp4"));

        CommandRun run = CommandRun.of("run", source.toString(), "-o", folder.toString(), LADDER);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("180p.mp4", "replace the source", "[invalid_job]");
        assertThat(source).hasSameBinaryContentAs(film);
        assertThat(names(folder)).containsExactly("180p.mp4");
    }

    @Test
    void absoluteAddressesGoIntoEveryPlaylist() throws IOException {
        Path out = folder.resolve("out");

        run(out, "--public-base-url", "https://cdn.example.com/films/1");

        List<String> uris = new ArrayList<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path playlist :
                    files.filter(f -> f.toString().endsWith(".m3u8")).toList()) {
                for (String line : Files.readAllLines(playlist)) {
                    if (!line.startsWith("#") || line.contains("URI=")) {
                        uris.add(line.replaceAll(".*URI=\"([^\"]*)\".*", "$1"));
                    }
                }
            }
        }
        assertThat(uris).isNotEmpty().allMatch(uri -> uri.startsWith("https://cdn.example.com/films/1/r-"));
    }

    @Test
    void aSignalEndsFfmpegAndLeavesNothingBehind() throws Exception {
        Path longFilm = Films.repeated(film, 60, films.resolve("long.mp4"));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        "java",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("transcode.cli.jar"),
                        "run",
                        longFilm.toString(),
                        "-o",
                        out.toString(),
                        "--preset",
                        "veryslow")
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        awaitEncoding(folder.resolve("stderr"), process);

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(ProcessHandle.allProcesses()
                        .map(handle -> handle.info().commandLine().orElse(""))
                        .filter(command -> command.contains(longFilm.toString())))
                .isEmpty();
        assertThat(out).doesNotExist();
    }

    private static void awaitEncoding(Path stderr, Process process) {
        org.awaitility.Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
            assertThat(process.isAlive()).as(Files.readString(stderr)).isTrue();
            return Files.readString(stderr).contains("fps");
        });
    }

    private static CommandRun run(Path out, String... more) {
        List<String> args =
                new ArrayList<>(List.of("run", film.toString(), "-o", out.toString(), LADDER, "--preset", "ultrafast"));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(new String[0]));
    }

    private static List<String> keys(JsonObject result) {
        List<String> keys = new ArrayList<>();
        JsonArray outputs = result.getAsJsonArray("outputs");
        for (JsonElement output : outputs) {
            JsonObject object = output.getAsJsonObject();
            keys.add(object.get("profile").getAsString() + "="
                    + object.get("key").getAsString());
        }
        return keys;
    }

    private static List<String> names(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
