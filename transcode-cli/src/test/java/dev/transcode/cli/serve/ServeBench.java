package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.Claim;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.OutboxEntry;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Taken;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Worker;
import dev.transcode.worker.WorkerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole system on one machine: a queue in memory, a folder as the store, a real worker with a real FFmpeg, the API. */
final class ServeBench implements AutoCloseable {
    static final String TOKEN = "a-token-of-the-tests";

    private static final String BUCKET = "films";
    /** The worker serves the first; in the second jobs wait. */
    private static final List<String> QUEUES = List.of("transcode_jobs", "transcode_jobs_low");

    private final InMemoryBackend queue = InMemoryBackend.builder()
            .endWebhook(new JobEndWebhook(Optional.empty()))
            .build();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path bucket;
    private final Storage storage;
    private final Worker worker;
    private ApiServer server;

    ServeBench(Path root) throws IOException, InterruptedException {
        bucket = Files.createDirectories(root.resolve(BUCKET));
        Files.copy(Films.clip(), bucket.resolve("clip.mp4"), StandardCopyOption.REPLACE_EXISTING);
        storage = LocalStorage.of(Map.of(BUCKET, bucket));
        worker = Worker.builder()
                .backend(queue)
                .storage(storage)
                .config(WorkerConfig.of(
                        Map.of("TRANSCODE_WORK_DIR", root.resolve("work").toString(), "QUEUE_NAME", QUEUES.get(0))))
                .name("w-page")
                .build();
        worker.start();
        server = serve(0);
    }

    String url() {
        return server.url().toString();
    }

    /** Another server for the same queue, which asks for {@link #TOKEN}. */
    ApiServer guarded() {
        return serve(0, TOKEN);
    }

    /** Ends the server and starts it again at its port after {@code meanwhile}. */
    void restart(Meanwhile meanwhile) throws Exception {
        int port = server.url().getPort();
        server.close();
        meanwhile.run();
        server = serve(port);
    }

    @FunctionalInterface
    interface Meanwhile {
        void run() throws Exception;
    }

    private ApiServer serve(int port, String... tokens) {
        ApiConfig config = new ApiConfig(
                "127.0.0.1",
                port,
                List.of(tokens),
                QUEUES,
                new JobJson.Defaults(Optional.of(BUCKET), Optional.empty()),
                1 << 20);
        return ApiServer.builder().config(config).queue(queue).storage(storage).start();
    }

    /** @param job JSON, with ' for " */
    void submit(String job) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/transcode/submit"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(job.replace('\'', '"')))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Queues a job that no worker takes. */
    void submitWaiting(String id) throws IOException, InterruptedException {
        submit("{'id': '" + id + "', 'inputKey': 'clip.mp4', 'queue': '" + QUEUES.get(1) + "'}");
    }

    /** Takes the only job that waits in the second queue and fails it, as some other worker could. */
    void fail(String id, String message, Map<String, String> facts) {
        try (JobQueue other = queue.worker("<i>w</i>", List.of(QUEUES.get(1)))) {
            while (true) {
                Taken taken = other.take(Duration.ofSeconds(5)).orElseThrow();
                if (other.claim(taken, JobJson.readId(taken.payload().text()).orElseThrow())
                        instanceof Claim.Owned owned) {
                    assertThat(owned.lease().id()).isEqualTo(new JobId(id));
                    other.finish(
                            owned.lease(),
                            new Outcome.Failed(new Failure(FailureCode.BAD_INPUT, message, message), facts));
                    return;
                }
            }
        }
    }

    /** Writes a line into a job's delivery log, as who tries to deliver its webhook does. */
    void tried(String id, String line, boolean again) {
        OutboxEntry entry = queue.outbox().due(10, Duration.ZERO).stream()
                .filter(due -> due.job().value().equals(id))
                .findFirst()
                .orElseThrow();
        if (again) {
            queue.outbox().again(entry, Duration.ZERO, line);
        } else {
            queue.outbox().settle(entry, line);
        }
    }

    /** As if somebody had removed an output. */
    void delete(String key) throws IOException {
        Files.delete(bucket.resolve(key));
    }

    /** Cancels what still waits or runs, so that the next test begins with an empty queue. */
    void cancel(String... ids) {
        for (String id : ids) {
            queue.store().cancel(new JobId(id));
        }
    }

    @Override
    public void close() {
        worker.close();
        server.close();
        queue.close();
    }
}
