package dev.transcode.worker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Answers {@code /healthz} (200 while the worker's threads live), {@code /readyz} (200 while it takes jobs, else 503 and
 * why) and {@code /metrics}, on all addresses of the machine: who asks is a kubelet or Prometheus on another one. Who
 * sends a request that never ends holds one of several threads, and that for some seconds: else two such connections
 * would have a healthy worker restarted.
 */
final class HealthServer implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final int THREADS = 16;
    private static final int IDLE_SECONDS = 10;

    static {
        // The JDK's server waits for ever otherwise. It reads these once, with its first server in this process:
        // seconds.
        setDefault("sun.net.httpserver.maxReqTime", "5");
        setDefault("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpServer server;
    private final ExecutorService threads = threads();

    /**
     * @param port 0 = any free one
     * @throws IOException if the port is taken
     */
    HealthServer(int port, Supplier<WorkerHealth> health, Supplier<String> metrics) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(threads);
        server.createContext(
                "/healthz",
                exchange -> answerHealth(exchange, health.get(), health.get().alive()));
        server.createContext("/readyz", exchange -> {
            WorkerHealth now = health.get();
            answerHealth(exchange, now, now.ready());
        });
        server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, metrics.get()));
        server.start();
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "transcode-health");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answerHealth(HttpExchange exchange, WorkerHealth health, boolean ok) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("alive", health.alive());
        json.addProperty("ready", health.ready());
        JsonArray reasons = new JsonArray();
        health.reasons().forEach(reason -> reasons.add(MaskingEncoder.masked(reason)));
        json.add("reasons", reasons);
        answer(exchange, ok ? 200 : 503, JSON, json + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
