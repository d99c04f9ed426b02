package dev.transcode.worker;

import static org.awaitility.Awaitility.await;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import dev.transcode.worker.stub.StubFilm;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A worker, its queue in memory, a folder as the store, and an encoder that can be held. */
abstract class WorkerBench {
    static final String QUEUE = "transcode_jobs";
    static final Duration LEASE = Duration.ofSeconds(2);
    static final Duration RECHECK = Duration.ofSeconds(1);

    @TempDir
    static Path recordings;

    @TempDir
    Path temp;

    final InMemoryBackend backend = InMemoryBackend.builder().lease(LEASE).build();
    final HeldEncoder encoder = new HeldEncoder();
    Storage storage;
    QueueBackend seen = backend;
    OpenTelemetry telemetry = OpenTelemetry.noop();
    final List<SelfCheck> checks = new ArrayList<>();
    Worker worker;

    @BeforeEach
    void makeFilms() throws IOException {
        storage = LocalStorage.of(Map.of("films", Files.createDirectories(temp.resolve("films"))));
        Files.writeString(temp.resolve("films/in.mp4"), "some bytes that nobody reads");
        encoder.real = StubFilm.in(recordings).encoder();
    }

    @AfterEach
    void stop() {
        encoder.open();
        if (worker != null) {
            worker.close();
        }
        backend.close();
    }

    void start(Map<String, String> more) {
        Map<String, String> env = new HashMap<>(StubFilm.environment(temp.resolve("work")));
        env.putAll(more);
        WorkerConfig config = WorkerConfig.of(env);
        WorkerBuilder builder = Worker.builder()
                .backend(seen)
                .storage(storage)
                .config(config)
                .telemetry(telemetry)
                .recheck(RECHECK)
                .transcoder(stub().transcoder(storage, config.workDirectory(), encoder));
        checks.forEach(builder::check);
        worker = builder.build();
        worker.start();
    }

    static StubFilm stub() {
        try {
            return StubFilm.in(recordings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void push(String payload) {
        backend.push(QUEUE, Payload.of(payload));
    }

    static String job(String id, String input) {
        return "{\"id\": \"" + id + "\", \"input_bucket\": \"films\", \"input_key\": \"" + input
                + "\", \"output_bucket\": \"films\", \"output_prefix\": \"out/" + id + "\"}";
    }

    JobStatus awaitEnd(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> status(id), status -> status.state().ended());
    }

    JobStatus status(String id) {
        JobId job = new JobId(id);
        return backend.store().find(job).orElseGet(() -> JobStatus.of(job, Map.of()));
    }

    static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
