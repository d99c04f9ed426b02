package dev.transcode.cli.serve.api;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.Submission;
import dev.transcode.queue.redis.RedisBackend;
import dev.transcode.storage.LocalStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * 1,000 watchers of all events and 200 status requests a second, over loopback, against a server in a process of its
 * own, whose jobs make 10 events a second (so 10,000 are sent). Prints how long answers took from when they were due, how
 * old events were when they arrived, and the server's memory. The server runs with -Xmx128m.
 *
 * <pre>
 * ./mvnw -q -pl transcode-cli -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd transcode-cli
 * java -cp target/test-classes:target/classes:$(cat target/classpath) dev.transcode.cli.serve.api.ApiLoad 60
 * java -cp ... dev.transcode.cli.serve.api.ApiLoad 60 redis://127.0.0.1:6379/9
 * </pre>
 */
final class ApiLoad {
    private static final int WATCHERS = 1_000;
    private static final int REQUESTS_PER_SECOND = 200;
    private static final int JOBS = 10;
    private static final String QUEUE = "api-load";
    private static final int WARM_UP_SECONDS = 10;

    private ApiLoad() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(Optional.of(args[1]).filter(uri -> !uri.equals("memory")));
            return;
        }
        String queue = args.length > 1 ? args[1] : "memory";
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApiLoad.class.getName(),
                        "serve",
                        queue)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            drive(URI.create(out.readLine()), server.pid(), Integer.parseInt(args[0]), queue.replaceAll("//.*@", "//"));
        } finally {
            server.destroy();
        }
        System.exit(0);
    }

    /** The server, and a worker whose jobs make progress. Ends when its parent does. */
    private static void serve(Optional<String> redis) throws Exception {
        QueueBackend backend = redis.isPresent()
                ? RedisBackend.builder().uri(redis.get()).build()
                : InMemoryBackend.builder().build();
        ApiServer server = ApiServer.builder()
                .config(new ApiConfig(
                        "127.0.0.1",
                        0,
                        List.of(),
                        List.of(QUEUE),
                        new JobJson.Defaults(Optional.of("b"), Optional.empty()),
                        1))
                .queue(backend)
                .storage(LocalStorage.of(Files.createTempDirectory("api-load")))
                .start();
        JobQueue worker = backend.worker("api-load", List.of(QUEUE));
        List<Claim.Owned> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            JobId id = new JobId("load-" + ProcessHandle.current().pid() + "-" + i);
            String json = "{\"id\":\"" + id + "\",\"input_key\":\"a\"}";
            backend.store().submit(new Submission(id, QUEUE, Payload.of(json), Map.of(), Optional.empty()));
            jobs.add((Claim.Owned)
                    worker.claim(worker.take(Duration.ofSeconds(5)).orElseThrow(), id));
        }
        System.out.println(
                server.url() + "/api/transcode/status/" + jobs.get(0).lease().id());
        System.out.flush();
        for (int second = 0; ProcessHandle.current().parent().isPresent(); second++) {
            for (Claim.Owned job : jobs) {
                worker.heartbeat(List.of(new Beat(
                        job.lease(),
                        Map.of(JobFields.STAGE, "encode", JobFields.PROGRESS, Integer.toString(second % 100)))));
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / JOBS);
            }
        }
    }

    private static void drive(URI status, long pid, int seconds, String queue) throws Exception {
        System.out.printf(Locale.ROOT, "queue %s; server at rest: %d MB resident%n", queue, resident(pid));
        try (WatcherCrowd crowd = new WatcherCrowd(status.getPort(), WATCHERS)) {
            request(status, WARM_UP_SECONDS);
            crowd.forget();
            double[] answers = request(status, seconds);
            System.out.printf(
                    Locale.ROOT, "%d requests at %d/s, ms: %s%n", answers.length, REQUESTS_PER_SECOND, spread(answers));
            double[] ages = crowd.ages();
            System.out.printf(
                    Locale.ROOT,
                    "%d watchers, %d still there; %d events arrived (%.0f/s), age in ms: %s%n",
                    WATCHERS,
                    crowd.open(),
                    ages.length,
                    (double) ages.length / seconds,
                    spread(ages));
            System.out.printf(Locale.ROOT, "server under load: %d MB resident%n", resident(pid));
        }
    }

    /** Sends each request when it is due, also if earlier ones are not answered; how long from then to the answer. */
    private static double[] request(URI status, int seconds) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(status).build();
        List<CompletableFuture<Double>> answers = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < seconds * REQUESTS_PER_SECOND; i++) {
            long due = began + i * (TimeUnit.SECONDS.toNanos(1) / REQUESTS_PER_SECOND);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenApply(answer -> {
                        if (answer.statusCode() != 200) {
                            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                        }
                        return (System.nanoTime() - due) / 1e6;
                    }));
        }
        double[] millis = new double[answers.size()];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = answers.get(i).get(60, TimeUnit.SECONDS);
        }
        return millis;
    }

    private static String spread(double[] values) {
        if (values.length == 0) {
            return "none";
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, max %.1f",
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                sorted[sorted.length - 1]);
    }

    private static long resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }
}
