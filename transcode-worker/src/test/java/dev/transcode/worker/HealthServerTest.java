package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    /** In a process of its own: the JDK's server reads its limits once for all. */
    @Test
    void requestsThatNeverEndDoNotMakeItLookDead() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Socket> hanging = new ArrayList<>();
        try {
            int port = Integer.parseInt(other.inputReader().readLine());
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.getOutputStream().write('G');
                hanging.add(socket);
            }

            assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
            other.destroyForcibly().waitFor();
        }
    }

    /** A health server that runs until it is killed; prints its port. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws Exception {
            try (HealthServer server = new HealthServer(0, () -> new WorkerHealth(true, List.of()), () -> "")) {
                System.out.println(server.port());
                new CountDownLatch(1).await();
            }
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(server.port(), path);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }
}
