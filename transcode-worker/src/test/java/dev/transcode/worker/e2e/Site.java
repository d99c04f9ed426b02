package dev.transcode.worker.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** The site that is told when a job has ended: remembers every webhook, and takes it unless told otherwise. */
final class Site implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();

    /** @param id the header {@code webhook-id}, the same for all tries of one event */
    record Hook(String method, String contentType, String id, String body) {}

    Site() {
        this(hook -> 200);
    }

    /** @param answers gives the status for each webhook; may take its time */
    Site(ToIntFunction<Hook> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Hook hook = new Hook(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    body);
            hooks.add(hook);
            exchange.sendResponseHeaders(answers.applyAsInt(hook), -1);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/transcode-webhook";
    }

    /** What came for a job. */
    List<Hook> hooks(String job) {
        return hooks.stream()
                .filter(hook -> hook.body().contains("\"" + job + "\""))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
