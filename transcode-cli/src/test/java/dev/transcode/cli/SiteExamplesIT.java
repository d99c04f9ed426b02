package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobOutput;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookPayload;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.notify.WebhookTarget;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Worker;
import dev.transcode.worker.WorkerConfig;
import dev.transcode.worker.webhook.OutboxPump;
import dev.transcode.worker.webhook.WebhookNotifier;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sites of docs/integration.md with a real API, a real worker with a real FFmpeg, and webhooks that are really
 * delivered.
 */
class SiteExamplesIT {
    private static final Path EXAMPLES = Path.of("../docs/examples/site").toAbsolutePath();
    private static final String TOKEN = "a-token-of-the-tests";
    private static final String SECRET = secret('a');

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path root;

    @Test
    void theSiteInPythonSubmitsHearsOfTheEndAndFeeds() throws Exception {
        works(List.of(program("/usr/bin/python3"), example("site.py")));
    }

    @Test
    void theSiteInNodeSubmitsHearsOfTheEndAndFeeds() throws Exception {
        works(List.of(program("node"), example("site.mjs")));
    }

    @Test
    void theSiteInJavaSubmitsHearsOfTheEndAndFeeds() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        works(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", jarOf(Gson.class), example("Site.java")));
    }

    private void works(List<String> program) throws Exception {
        Path films = Files.createDirectories(root.resolve("films"));
        Films.small(films.resolve("film.mp4"), 2);
        Storage storage = LocalStorage.of(Map.of("films", films));
        try (SiteProcess site = new SiteProcess(program, root, SECRET)) {
            submitsAndHears(site, storage);
            assertThat(films.resolve("films/2816/master.m3u8")).exists();
            refusesWhatIsNotSigned(site);
            takesWhatComesAgain(site);
        }
    }

    private void submitsAndHears(SiteProcess site, Storage storage) throws Exception {
        JobEndWebhook webhook = new JobEndWebhook(Optional.of(site.webhookUrl()));
        ApiConfig config = new ApiConfig(
                "127.0.0.1",
                0,
                List.of(TOKEN),
                List.of("transcode_jobs"),
                new JobJson.Defaults(Optional.of("films"), Optional.empty()),
                1 << 20);
        try (InMemoryBackend queue =
                        InMemoryBackend.builder().endWebhook(webhook).build();
                Worker worker = Worker.builder()
                        .backend(queue)
                        .storage(storage)
                        .config(WorkerConfig.of(Map.of(
                                "TRANSCODE_WORK_DIR", root.resolve("work").toString())))
                        .build();
                OutboxPump pump = new OutboxPump(
                        queue.outbox(), new WebhookNotifier(WebhookSignature.of(SECRET), false), Clock.systemUTC());
                ApiServer api = ApiServer.builder()
                        .config(config)
                        .queue(queue)
                        .storage(storage)
                        .start()) {
            worker.start();
            pump.start();
            String address = api.url().toString();
            assertThat(site.submit(address, TOKEN, "2816", "film.mp4")).isEqualTo("film-2816");
            assertThat(site.submit(address, TOKEN, "2816", "film.mp4"))
                    .as("told twice of one upload")
                    .isEqualTo("film-2816");
            assertThat(site.submit(address, TOKEN, "2", "missing & <gone>.mp4")).isEqualTo("film-2");
            await("two webhooks")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(site.recorded()).hasSize(2));
        }
        assertFeedsTheFilm(site);
    }

    /** The item of the guide, and no other. */
    private static void assertFeedsTheFilm(SiteProcess site) throws IOException, InterruptedException {
        String guide = Files.readString(Path.of("../docs/integration.md"));
        String item = guide.substring(guide.indexOf("<item>"), guide.indexOf("</item>"));
        HttpResponse<String> feed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(site.url() + "/feed.xml"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(feed.statusCode()).isEqualTo(200);
        assertThat(feed.headers().firstValue("content-type")).contains("application/rss+xml");
        assertThat(feed.body()).containsOnlyOnce("<item>").contains(item);
    }

    private void refusesWhatIsNotSigned(SiteProcess site) throws Exception {
        WebhookEvent event = complete("film-3");
        Map<String, String> good = WebhookSignature.of(SECRET).headers(event, Instant.now());
        Map<String, String> other = WebhookSignature.of(secret('b')).headers(event, Instant.now());
        Map<String, String> old =
                WebhookSignature.of(SECRET).headers(event, Instant.now().minusSeconds(600));

        assertThat(post(site, event.body(), Map.of())).isEqualTo(401);
        assertThat(post(site, event.body(), WebhookSignature.NONE.headers(event, Instant.now())))
                .isEqualTo(401);
        assertThat(post(site, event.body(), other)).isEqualTo(401);
        assertThat(post(site, event.body(), old)).isEqualTo(401);
        assertThat(post(site, event.body() + " ", good)).isEqualTo(401);
        assertThat(site.recorded()).hasSize(2);
    }

    /** Also while one secret is being replaced by another: the headers then have a signature of each. */
    private void takesWhatComesAgain(SiteProcess site) throws Exception {
        WebhookEvent event = complete("film-2816");
        WebhookSignature both = WebhookSignature.of(secret('b') + " " + SECRET);

        assertThat(post(site, event.body(), both.headers(event, Instant.now()))).isEqualTo(204);
        assertThat(post(site, event.body(), both.headers(event, Instant.now().minusSeconds(60))))
                .isEqualTo(204);
        assertThat(site.recorded()).hasSize(3).contains(event.id() + ".json");
        assertFeedsTheFilm(site);
    }

    private static WebhookEvent complete(String job) {
        String id = WebhookEvent.newId();
        String body =
                WebhookPayload.complete(id, new JobId(job), 1, List.of(new JobOutput("hls", "films/2816/master.m3u8")));
        return new WebhookEvent(id, new JobId(job), WebhookTarget.of("http://site.example/", true), body);
    }

    private int post(SiteProcess site, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.webhookUrl()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String secret(char letter) {
        return "whsec_"
                + Base64.getEncoder()
                        .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.UTF_8));
    }

    private static String example(String name) {
        return EXAMPLES.resolve(name).toString();
    }

    private static String jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Skips the test where there is no such program, but not in CI. */
    private static String program(String name) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(name)));
        if (!"required".equals(System.getenv("TRANSCODE_IT"))) {
            assumeTrue(there, "there is no " + name);
        }
        assertThat(there).as(name).isTrue();
        return name;
    }
}
