package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private volatile WorkerHealth health = new WorkerHealth(true, List.of());
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HealthServer(0, () -> health, () -> "transcode_jobs_total 3\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWorkerThatTakesJobsIsAliveAndReady() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(json(ready).get("ready").getAsBoolean()).isTrue();
        assertThat(json(ready).getAsJsonArray("reasons")).isEmpty();
    }

    @Test
    void oneThatTakesNoneSaysWhyWithoutSecrets() throws Exception {
        health = new WorkerHealth(true, List.of("redis://user:hunter2@redis:6379 does not answer"));

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).getAsJsonArray("reasons").get(0).getAsString())
                .contains("does not answer")
                .doesNotContain("hunter2");
    }

    @Test
    void oneThatLostAThreadIsNotAlive() throws Exception {
        health = new WorkerHealth(false, List.of());

        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void prometheusReadsTheMetrics() throws Exception {
        HttpResponse<String> metrics = get("/metrics");

        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).isEqualTo("transcode_jobs_total 3\n");
    }

    @Test
    void aPortThatIsTakenIsTold() {
        assertThatThrownBy(() -> new HealthServer(server.port(), () -> health, () -> ""))
                .isInstanceOf(IOException.class);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }
}
