package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} as its users start it: the jar as a process, HTTP from outside, and a signal at the end. */
class UpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LADDER =
            "\"preset\": \"ultrafast\", \"ladder\": [{\"name\": \"180p\", \"height\": 180, \"bitrate\": \"400k\","
                    + " \"audio_bitrate\": \"64k\"}, {\"name\": \"90p\", \"height\": 90, \"bitrate\": \"100k\","
                    + " \"audio_bitrate\": \"64k\"}]";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path temp;

    private Process process;

    @BeforeAll
    static void requireFfmpeg() {
        Films.requireFfmpeg("path");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFilmInTheFolderIsSubmittedFollowedAndPlayed() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("films"));
        Films.small(folder.resolve("mine.mp4"), 5);
        Files.writeString(temp.resolve("secret.mp4"), "not yours");
        start("--folder=" + folder, "--port=0", "--json");
        JsonObject said = JsonParser.parseString(awaitOutput("}")).getAsJsonObject();
        String url = said.get("url").getAsString();
        assertThat(said.get("folder").getAsString()).isEqualTo(folder.toString());

        HttpResponse<String> submitted = submit(url, "{\"id\": \"try\", \"inputKey\": \"mine.mp4\", " + LADDER + "}");
        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(200);
        assertThat(followToItsEnd(url, "try")).as(errors()).isEqualTo("complete");

        Path output = folder.resolve("transcoded/try");
        assertThat(output.resolve("180p.mp4")).isNotEmptyFile();
        assertThat(output.resolve("90p.mp4")).isNotEmptyFile();
        String media = url + "/api/transcode/jobs/try/media/";
        assertThat(play(media)).isGreaterThanOrEqualTo(3); // two renditions and the sound
        HttpResponse<byte[]> part = get(media + "180p.mp4", "bytes=4-7");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("ftyp");

        submit(url, "{\"id\": \"stranger\", \"inputKey\": \"../secret.mp4\", " + LADDER + "}");
        assertThat(followToItsEnd(url, "stranger")).isEqualTo("failed");
        assertThat(submit(url, "{\"inputKey\": \"mine.mp4\", \"outputPrefix\": \"../x\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(url + "/api/transcode/jobs/try/media/..%2F..%2F..%2Fsecret.mp4", "bytes=0-")
                        .statusCode())
                .isIn(400, 404);

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(errors()).doesNotContain("Forgotten");
        assertThat(names(folder)).containsExactlyInAnyOrder("mine.mp4", "transcoded");
        assertThat(names(temp)).containsExactlyInAnyOrder("films", "secret.mp4", "out", "err");
    }

    @Test
    void whatItPrintsWorksAndCtrlCLeavesNothingBehind() throws Exception {
        require("curl");
        Path folder = temp.resolve("new");
        start("--folder=" + folder, "--port=0");
        String said = awaitOutput("film.mp4\"}'");
        assertThat(said).contains("Films go into " + folder + ", outputs appear in " + folder.resolve("transcoded"));
        await().until(() -> errors().contains("Ctrl-C ends it."));
        assertThat(errors()).contains("Jobs do not survive a restart");

        Matcher curl =
                Pattern.compile("(?m)^ *(curl (http://\\S+?)/api\\S+ .*)$").matcher(said);
        assertThat(curl.find()).as(said).isTrue();
        Process sh = new ProcessBuilder("sh", "-c", curl.group(1)).start();
        String answer = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sh.waitFor()).isZero();
        assertThat(answer).contains("\"success\":true", "\"status\":\"queued\"");
        await().atMost(PATIENCE)
                .until(() -> tools().stream().anyMatch(tool -> command(tool).contains(" hls ")));
        assertThat(Files.readString(temp.resolve("out"))).containsPattern("job_\\S+ +[0-9.]+ %  [a-z]+");
        List<ProcessHandle> tools = tools();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 2);
        assertThat(tools).noneMatch(ProcessHandle::isAlive);
        assertThat(errors()).contains("Forgotten, because not done yet: 1 job.");
        assertThat(names(folder)).containsExactly("film.mp4");
        assertThat(isListening(curl.group(2))).isFalse();
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isDirectory(Path.of("/proc"))) {
            // What a shell runs in the background ignores SIGINT, and so would all that the tests start from there.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("transcode.cli.jar"),
                "up"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        process = builder.redirectOutput(temp.resolve("out").toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
    }

    private String awaitOutput(String text) {
        await("output with " + text)
                .atMost(PATIENCE)
                .failFast(() -> assertThat(process.isAlive()).as(errors()).isTrue())
                .until(() -> Files.readString(temp.resolve("out")).contains(text));
        try {
            return Files.readString(temp.resolve("out"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String errors() throws IOException {
        return Files.readString(temp.resolve("err"));
    }

    private HttpResponse<String> submit(String url, String job) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/transcode/submit"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(job))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Reads the job's events until one tells its end. */
    private String followToItsEnd(String url, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/transcode/jobs/" + id + "/events"))
                .timeout(PATIENCE)
                .build();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("data:"))
                    .map(line -> JsonParser.parseString(line.substring(5)).getAsJsonObject())
                    .filter(event -> event.has("status"))
                    .map(event -> event.get("status").getAsString())
                    .filter(status -> !status.equals("queued") && !status.equals("processing"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As a player does: every playlist, its init segment and its first segment. @return the number of playlists */
    private int play(String media) throws Exception {
        String master = new String(get(media + "master.m3u8", "").body(), StandardCharsets.UTF_8);
        assertThat(master).startsWith("#EXTM3U").contains("RESOLUTION=320x180");
        Matcher playlists =
                Pattern.compile("(?m)(?:URI=\")?([^\"#\\s]+index\\.m3u8)").matcher(master);
        int found = 0;
        while (playlists.find()) {
            String folder = media + playlists.group(1).replace("index.m3u8", "");
            String playlist = new String(get(folder + "index.m3u8", "").body(), StandardCharsets.UTF_8);
            assertThat(playlist).contains("#EXT-X-ENDLIST");
            for (String name : new String[] {"init.mp4", "s00000.m4s"}) {
                assertThat(playlist).contains(name);
                HttpResponse<byte[]> segment = get(folder + name, "");
                assertThat(segment.statusCode()).isEqualTo(200);
                assertThat(segment.body()).hasSizeGreaterThan(100);
            }
            found++;
        }
        return found;
    }

    private HttpResponse<byte[]> get(String url, String range) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private boolean isListening(String url) throws Exception {
        try {
            get(url + "/healthz", "");
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private List<ProcessHandle> tools() {
        return process.descendants().toList();
    }

    private static String command(ProcessHandle handle) {
        return handle.info().commandLine().orElse("");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!"required".equals(System.getenv("TRANSCODE_IT"))) {
            assumeTrue(there, program + " is not on PATH");
        }
        assertThat(there).as(program + " on PATH").isTrue();
    }
}
