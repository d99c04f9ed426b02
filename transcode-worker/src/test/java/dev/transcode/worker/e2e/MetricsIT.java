package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.worker.deploy.Exposition;
import dev.transcode.worker.deploy.MetricsTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus and a reader of logs see of a worker that had something to do. */
class MetricsIT {
    private static Backends backends;

    @BeforeAll
    static void start() {
        backends = new Backends();
        backends.bucket.add("in/film.mp4", Films.make(160, 120, 1));
    }

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void theMetricsAreThoseOfTheDocsAndTheLogIsJson() throws Exception {
        int port = freePort();
        try (Site site = new Site();
                WorkerProcess worker = WorkerProcess.start("metrics", settings(port, site))) {
            worker.awaitReady();
            backends.redis().lpush("metrics", Jobs.of("metrics-good", "in/film.mp4", Jobs.ONE_RUNG));
            backends.redis().lpush("metrics", Jobs.of("metrics-bad", "in/nowhere.mp4", Jobs.ONE_RUNG));
            backends.awaitStatus("metrics-good", "complete");
            backends.awaitStatus("metrics-bad", "failed");
            await("the failure and both webhooks are counted").untilAsserted(() -> {
                Map<String, Double> samples = scrape(port).samples();
                assertThat(samples).containsEntry("transcode_jobs_total{outcome=\"failed\"}", 1.0);
                assertThat(samples).containsEntry("transcode_webhook_deliveries_total{answer=\"delivered\"}", 2.0);
            });

            Exposition seen = scrape(port);

            Map<String, String> documented = new TreeMap<>(MetricsTable.of("worker"));
            assertThat(seen.types()).containsExactlyEntriesOf(documented);
            assertThat(seen.samples())
                    .containsEntry("transcode_jobs_total{outcome=\"complete\"}", 1.0)
                    .containsEntry("transcode_jobs_total{outcome=\"lost\"}", 0.0)
                    .containsEntry("transcode_failures_total{code=\"input_not_found\"}", 1.0)
                    .containsEntry("transcode_worker_ready{}", 1.0)
                    .containsEntry("transcode_queue_depth{queue=\"metrics\"}", 0.0)
                    .containsEntry("transcode_queue_workers{queue=\"metrics\"}", 1.0)
                    .containsEntry("transcode_stage_duration_seconds_count{stage=\"encode\"}", 1.0)
                    .containsEntry("transcode_job_duration_seconds_bucket{outcome=\"complete\",le=\"+Inf\"}", 1.0);
            assertThat(seen.samples().get("transcode_media_seconds_total{}")).isBetween(0.9, 1.2);
            assertThat(seen.samples().get("transcode_output_bytes_total{}")).isGreaterThan(10_000);
            assertThat(seen.samples().keySet()).noneMatch(name -> name.contains("metrics-good"));
            assertLog(worker.log()
                    .lines()
                    .filter(line -> !line.startsWith("Picked up "))
                    .toList());
        }
    }

    private static void assertLog(List<String> lines) {
        boolean encoding = false;
        for (String line : lines) {
            JsonObject event = JsonParser.parseString(line).getAsJsonObject();
            assertThat(event.keySet()).contains("timestamp", "level", "loggerName", "formattedMessage", "mdc");
            if (event.get("formattedMessage").getAsString().startsWith("Encoding ")) {
                encoding = true;
                JsonObject mdc = event.getAsJsonObject("mdc");
                assertThat(mdc.get("job").getAsString()).isEqualTo("metrics-good");
                assertThat(mdc.get("attempt").getAsString()).isEqualTo("1");
                assertThat(mdc.get("stage").getAsString()).isEqualTo("plan");
            }
        }
        assertThat(encoding).isTrue();
    }

    private static Map<String, String> settings(int port, Site site) {
        return backends.settings(
                "QUEUE_NAME",
                "metrics",
                "TRANSCODE_HEALTH_PORT",
                Integer.toString(port),
                "TRANSCODE_LOG",
                "json",
                "WEBHOOK_URL",
                site.url());
    }

    private static Exposition scrape(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return Exposition.parse(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
