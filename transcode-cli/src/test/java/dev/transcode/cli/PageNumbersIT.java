package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.queue.Lease;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web page and the terminal say the same numbers of the same values: the page's own modules, run by Node. */
class PageNumbersIT {
    private static final Gson GSON = new Gson();

    /** A number with a fraction or a time; whole numbers only count attempts. */
    private static final Pattern FIGURE = Pattern.compile("\\d+(?::\\d\\d)+|\\d+\\.\\d+");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsNode() {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place).resolve("node")));
        if (!"required".equals(System.getenv("TRANSCODE_IT"))) {
            assumeTrue(there, "there is no node");
        }
        assertThat(there).as("node").isTrue();
    }

    @BeforeEach
    void copyModules() throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        for (String name : List.of("format.js", "words.js")) {
            try (InputStream module = ApiServer.class.getResourceAsStream("/dev/transcode/cli/serve/page/" + name)) {
                Files.copy(module, folder.resolve(name));
            }
        }
    }

    @Test
    void aRunningJobIsAsFarOnThePageAsOnTheTerminal() throws Exception {
        List<Map<String, String>> beats = List.of(
                beat("fetch", "0.0", "", ""),
                beat("fetch", "4.9", "", "0"),
                beat("encode", "10.0", "0.00", "3723"),
                beat("encode", "43.2", "1.84", "42"),
                beat("encode", "43.25", "1.005", "59"), // More digits than our worker writes: another one's.
                beat("encode", "66.65", "2.675", "59.5"),
                beat("encode", "99.9", "12.30", "1"),
                beat("publish", "99.95", "", "86400"),
                beat("verify", "100", "", ""));
        TestConnections servers = new TestConnections(Map.of("LYVE_BUCKET", "media"));
        List<String> terminal = new ArrayList<>();
        JsonArray events = new JsonArray();
        try (ApiServer api = ApiServer.builder()
                        .config(config())
                        .queue(servers.queue)
                        .storage(servers.storage())
                        .start();
                BufferedReader stream = events(api.url())) {
            for (int i = 0; i < beats.size(); i++) {
                servers.run("submit", "--id=job-" + i, "--input=film.mp4");
                Lease lease = servers.claim();
                servers.beat(lease, beats.get(i));
                terminal.add(StatusText.line(
                        servers.queue.store().find(new JobId("job-" + i)).orElseThrow()));
                events.add(nextProgress(stream));
            }
        }

        List<String> page = node("""
                import { advance, howFar } from './words.js';
                const say = (event) => { const job = { status: 'processing' }; advance(job, event); return howFar(job); };
                answer(input.map(say));
                """, events);

        assertThat(page).hasSameSizeAs(terminal);
        for (int i = 0; i < page.size(); i++) {
            assertThat(page.get(i)).startsWith(beats.get(i).get(JobFields.STAGE) + " · ");
            assertThat(terminal.get(i)).contains(beats.get(i).get(JobFields.STAGE));
            assertThat(figures(page.get(i))).as(terminal.get(i)).isEqualTo(figures(terminal.get(i)));
        }
        assertThat(page).contains("encode · 43.2 % · 1.84x · 0:42 left");
        assertThat(terminal).contains(" 43.2 %  encode   1.84x  ETA 0:42");
    }

    @Test
    void sizesRatesAndTimesAreWrittenAlike() throws Exception {
        same("bytes", Format::bytes, 1e0, some(4e9, 999, 999_499, 999_500, 1_150_000, 1_005_000_000));
        same("bitrate", Format::bitrate, 1e0, some(20e6, 499, 500, 999_999, 1_005_000, 2_675_000));
        same("duration", PageNumbersIT::duration, 1e3, some(90e3, 5, 1_005, 12_345, 59_994, 59_999, 60_000, 89_500));
        same("clock", ms -> Format.clock(Duration.ofMillis(ms)), 1e3, some(90e6, 500, 59_500, 3_599_500));
    }

    private void same(String function, LongFunction<String> java, double unit, List<Long> values) throws Exception {
        JsonArray numbers = new JsonArray();
        values.forEach(value -> numbers.add(value / unit));

        List<String> page = node(
                "import { " + function + " } from './format.js'; answer(input.map((n) => " + function + "(n)));",
                numbers);

        assertThat(page).as(function).isEqualTo(values.stream().map(java::apply).toList());
    }

    /** The given ones, zero, and a thousand others of all lengths: the same in every run. */
    private static List<Long> some(double most, long... odd) {
        Random random = new Random(1);
        LongStream others = random.doubles(1_000).mapToLong(part -> (long) Math.pow(most, part));
        return LongStream.concat(LongStream.concat(LongStream.of(0), LongStream.of(odd)), others)
                .boxed()
                .toList();
    }

    private static String duration(long ms) {
        return Format.duration(Duration.ofMillis(ms));
    }

    private static Map<String, String> beat(String stage, String progress, String speed, String eta) {
        return Map.of(JobFields.STAGE, stage, JobFields.PROGRESS, progress, JobFields.SPEED, speed, JobFields.ETA, eta);
    }

    private static ApiConfig config() {
        JobJson.Defaults defaults = new JobJson.Defaults(Optional.of("media"), Optional.empty());
        return new ApiConfig("127.0.0.1", 0, List.of(), List.of("transcode_jobs"), defaults, 1 << 20);
    }

    private static BufferedReader events(URI api) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/transcode/events"))
                .timeout(Duration.ofSeconds(10))
                .build();
        InputStream body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static JsonElement nextProgress(BufferedReader stream) throws IOException {
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("data:")) {
                JsonObject event = JsonParser.parseString(line.substring(5)).getAsJsonObject();
                if (event.has("type") && event.get("type").getAsString().equals("progress")) {
                    return event;
                }
            }
        }
        throw new IOException("the stream of events ended");
    }

    private static List<String> figures(String line) {
        return FIGURE.matcher(line).results().map(MatchResult::group).toList();
    }

    /** @param script answers with an array of strings to its {@code input} */
    private List<String> node(String script, JsonElement input) throws Exception {
        Path given = Files.writeString(folder.resolve("input.json"), GSON.toJson(input));
        Path main = Files.writeString(folder.resolve("main.js"), """
                import { readFileSync } from 'node:fs';
                const input = JSON.parse(readFileSync(process.argv[2], 'utf8'));
                const answer = (texts) => process.stdout.write(JSON.stringify(texts));
                """ + script);
        Process node = new ProcessBuilder("node", main.toString(), given.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        return JsonParser.parseString(said).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
