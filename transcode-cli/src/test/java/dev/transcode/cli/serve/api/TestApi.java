package dev.transcode.cli.serve.api;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.job.JobJson;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.LocalStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An API on a free port over a queue in memory and folders, and a client for it. */
final class TestApi implements AutoCloseable {
    static final String QUEUE = "transcode_jobs";
    static final String BUCKET = "films";
    static final String TOKEN = "a-token-of-the-tests";

    final InMemoryBackend queue;
    final ApiServer server;
    final URI url;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestApi(Path root, List<String> tokens, UnaryOperator<ApiServer.Builder> more) {
        this(root, tokens, more, InMemoryBackend.builder().build());
    }

    private TestApi(Path root, List<String> tokens, UnaryOperator<ApiServer.Builder> more, InMemoryBackend queue) {
        this(root, tokens, more, queue, queue);
    }

    private TestApi(
            Path root,
            List<String> tokens,
            UnaryOperator<ApiServer.Builder> more,
            InMemoryBackend queue,
            QueueBackend seen) {
        this.queue = queue;
        ApiConfig config = new ApiConfig(
                "127.0.0.1",
                0,
                tokens,
                List.of(QUEUE, "transcode_jobs_low"),
                new JobJson.Defaults(Optional.of(BUCKET), Optional.empty()),
                1 << 20);
        this.server = more.apply(ApiServer.builder().config(config).queue(seen).storage(LocalStorage.of(root)))
                .start();
        this.url = server.url();
    }

    /**
     * Without a token.
     *
     * @param root its folders are the buckets
     */
    static TestApi open(Path root) {
        return new TestApi(root, List.of(), builder -> builder);
    }

    /** With {@link #TOKEN} and another one. */
    static TestApi guarded(Path root) {
        return new TestApi(root, List.of("another-token", TOKEN), builder -> builder);
    }

    static TestApi with(Path root, UnaryOperator<ApiServer.Builder> more) {
        return new TestApi(root, List.of(), more);
    }

    static TestApi with(Path root, InMemoryBackend queue) {
        return new TestApi(root, List.of(), builder -> builder, queue);
    }

    /** @param seen what the API uses instead of the queue in memory */
    static TestApi seeing(Path root, QueueBackend seen) {
        return new TestApi(
                root, List.of(), builder -> builder, InMemoryBackend.builder().build(), seen);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    /** With a JSON content type. */
    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send("POST", path, body, all);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Declared.check(method, path, answer);
        return answer;
    }

    static JsonObject json(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    @Override
    public void close() {
        server.close();
        queue.close();
    }
}
