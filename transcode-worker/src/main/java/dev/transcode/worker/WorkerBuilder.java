package dev.transcode.worker;

import dev.transcode.Transcoder;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.Storage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Worker} needs: a queue and a storage; all else has a default. What is given is not closed. */
public final class WorkerBuilder {
    WorkerConfig config = WorkerConfig.of(Map.of());
    String name = "worker-" + UUID.randomUUID();
    String queueServer = "the queue";
    MeterRegistry registry = new CompositeMeterRegistry();
    Supplier<OpenTelemetry> telemetry = GlobalOpenTelemetry::getOrNoop;

    @Nullable
    BooleanSupplier ready;

    Runnable afterStart = () -> {};
    Runnable afterJob = () -> {};
    Duration recheck = Duration.ofSeconds(10);
    final List<SelfCheck> checks = new ArrayList<>();
    private @Nullable QueueBackend backend;
    private @Nullable Storage storage;
    private @Nullable Transcoder transcoder;

    WorkerBuilder() {}

    /** Where jobs come from; its lease time must be the configuration's. */
    public WorkerBuilder backend(QueueBackend backend) {
        this.backend = backend;
        return this;
    }

    /** Where sources come from and outputs go to. */
    public WorkerBuilder storage(Storage storage) {
        this.storage = storage;
        return this;
    }

    /** By default one that works in the configuration's work folder with the storage and this machine's FFmpeg. */
    public WorkerBuilder transcoder(Transcoder transcoder) {
        this.transcoder = transcoder;
        return this;
    }

    /** By default what an empty environment gives. */
    public WorkerBuilder config(WorkerConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    /** A name no other worker has; by default a random one. */
    public WorkerBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /** What the queue's server is called in the log, without secrets; by default {@code the queue}. */
    public WorkerBuilder queueServer(String queueServer) {
        this.queueServer = Objects.requireNonNull(queueServer, "queueServer");
        return this;
    }

    /** What must hold before jobs are taken again after five failures of this worker's own; may be called repeatedly. */
    public WorkerBuilder check(SelfCheck check) {
        checks.add(check);
        return this;
    }

    /** The time between two looks whether what was wrong with this worker is right again. */
    WorkerBuilder recheck(Duration recheck) {
        this.recheck = recheck;
        return this;
    }

    /** Called once, when it takes jobs; must return at once. */
    WorkerBuilder afterStart(Runnable action) {
        this.afterStart = action;
        return this;
    }

    /** What the metrics tell of its readiness; by default its own {@link Worker#health}. */
    WorkerBuilder ready(BooleanSupplier ready) {
        this.ready = ready;
        return this;
    }

    /**
     * Called after each attempt, on its thread, when its end is recorded; must return at once. Wakes an
     * {@link dev.transcode.worker.webhook.OutboxPump}, for example.
     */
    public WorkerBuilder afterJob(Runnable action) {
        this.afterJob = action;
        return this;
    }

    /** Where it counts; by default nowhere. */
    public WorkerBuilder metrics(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
        return this;
    }

    /**
     * Where its traces go: a span for each attempt and for each stage of it. By default to the global one, if there is
     * any when the first job is taken.
     */
    public WorkerBuilder telemetry(OpenTelemetry telemetry) {
        Objects.requireNonNull(telemetry, "telemetry");
        this.telemetry = () -> telemetry;
        return this;
    }

    /**
     * @throws NullPointerException if the queue or the storage is missing
     * @throws dev.transcode.job.TranscodeException {@code ffmpeg_missing} if no transcoder is given and there is no
     *     FFmpeg to run
     */
    public Worker build() {
        Storage chosen = Objects.requireNonNull(storage, "a worker needs a storage");
        QueueBackend queue = Objects.requireNonNull(backend, "a worker needs a queue");
        Transcoder runs = transcoder != null
                ? transcoder
                : Transcoder.builder()
                        .storage(chosen)
                        .workDirectory(config.workDirectory())
                        .build();
        return new Worker(this, chosen, queue, runs);
    }
}
