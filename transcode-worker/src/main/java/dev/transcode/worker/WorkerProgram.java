package dev.transcode.worker;

import dev.transcode.Transcoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.job.TranscodeException;
import dev.transcode.notify.Notifier;
import dev.transcode.notify.WebhookSignature;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.Storage;
import dev.transcode.worker.webhook.OutboxPump;
import dev.transcode.worker.webhook.WebhookNotifier;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the worker's program, from its first log line to its last. Used once, by the main thread. */
final class WorkerProgram {
    private static final Logger log = LoggerFactory.getLogger(WorkerProgram.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration READY_CACHE = Duration.ofSeconds(10);

    /** Between two looks whether the worker has become idle. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** What giving back takes at worst: FFmpeg's end, uploads under way, a queue that is slow to answer. */
    private static final Duration STOP = Duration.ofSeconds(25);

    private final WorkerConfig config;
    private final String name;
    private final Map<String, String> env;
    private final Ports ports;
    private final SelfCheck storeAnswers;
    private final SystemdNotify systemd;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile @Nullable Worker worker;

    /**
     * What the program is wired to.
     *
     * @param queueName for the log, without secrets
     * @param storageName for the log
     * @param knock throws {@link TranscodeException} unless the store's server answers anything
     */
    record Ports(QueueBackend queue, String queueName, Storage storage, String storageName, Runnable knock) {}

    WorkerProgram(WorkerConfig config, String name, Map<String, String> env, Ports ports) {
        this.config = config;
        this.name = name;
        this.env = Map.copyOf(env);
        this.ports = ports;
        this.storeAnswers = new CachedCheck(this::knock, READY_CACHE, System::nanoTime);
        this.systemd = SystemdNotify.of(env);
    }

    /**
     * Returns when the worker has stopped.
     *
     * @throws QueueRefusedException if the queue's server refuses us
     * @throws TranscodeException {@code ffmpeg_missing}, or if the work folder cannot be used
     */
    void run() {
        CompletableFuture<FfmpegInstallation> finding =
                CompletableFuture.supplyAsync(() -> FfmpegInstallation.find(env));
        Runnable stopHealth = startHealth();
        try {
            awaitStore();
            FfmpegInstallation ffmpeg = found(finding);
            log.info("Using {}", ffmpeg);
            serve(ffmpeg);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopHealth.run();
        }
    }

    private void serve(FfmpegInstallation ffmpeg) throws InterruptedException {
        Transcoder transcoder = Transcoder.builder()
                .storage(ports.storage())
                .workDirectory(config.workDirectory())
                .ffmpeg(ffmpeg)
                .build();
        WorkerBuilder builder = Worker.builder()
                .config(config)
                .name(name)
                .backend(ports.queue())
                .queueServer(ports.queueName())
                .storage(ports.storage())
                .transcoder(transcoder)
                .metrics(registry)
                .ready(() -> health().ready())
                .afterStart(() -> systemd.ready(() -> health().alive(), this::status))
                .check(this::credentials)
                .check(this::ffmpegRuns);
        WebhookSignature signature =
                config.webhookSecret().map(WebhookSignature::of).orElse(WebhookSignature.NONE);
        Notifier notifier =
                WorkerMetrics.counted(new WebhookNotifier(signature, config.webhookAllowPrivate()), registry);
        try (OutboxPump pump = new OutboxPump(ports.queue().outbox(), notifier, Clock.systemUTC())) {
            AtomicBoolean used = new AtomicBoolean();
            Worker running = builder.afterJob(() -> {
                        pump.wake();
                        used.set(true);
                    })
                    .build();
            worker = running;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "transcode-stop"));
            running.start();
            pump.start();
            while (!running.await(LOOK)) {
                if (running.isIdle() && used.compareAndSet(true, false)) {
                    IdleMemory.giveBack();
                }
            }
        }
    }

    /** On a signal: the JVM ends with 128 + its number when this returns. */
    private void stop(Worker running) {
        running.stop();
        systemd.stopping();
        Duration patience =
                config.stop() == WorkerConfig.Stop.DRAIN ? config.drain().plus(STOP) : STOP;
        try {
            if (!running.await(patience)) {
                log.error("Not stopped within {} s: others will find what was running", patience.toSeconds());
            }
        } catch (QueueRefusedException e) {
            log.debug("stopped because the queue refuses us: the main thread says so");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never dies of a server that is away: whoever starts everything at once starts it in no order. */
    private void awaitStore() throws InterruptedException {
        Optional<String> problem = knock();
        while (problem.isPresent()) {
            log.warn(
                    "cannot connect to the {}: {}; trying again every {} s",
                    ports.storageName(),
                    problem.get(),
                    RETRY.toSeconds());
            Thread.sleep(RETRY.toMillis());
            problem = knock();
        }
        log.info("Connected to the {}", ports.storageName());
    }

    private Optional<String> knock() {
        try {
            ports.knock().run();
            return Optional.empty();
        } catch (TranscodeException e) {
            return Optional.of(e.failure().message());
        }
    }

    /** A stat tells refused credentials from a missing object. */
    private Optional<String> credentials() {
        try {
            String bucket = config.defaults().bucket().orElse("transcode");
            ports.storage().stat(new ObjectRef(bucket, "transcode-self-check"));
            return Optional.empty();
        } catch (TranscodeException e) {
            return switch (e.failure().code()) {
                case NO_SUCH_BUCKET, INVALID_JOB, INPUT_NOT_FOUND -> Optional.empty();
                default -> Optional.of(e.failure().message());
            };
        }
    }

    private Optional<String> ffmpegRuns() {
        try {
            FfmpegInstallation.find(env);
            return Optional.empty();
        } catch (TranscodeException e) {
            return Optional.of(e.failure().message());
        }
    }

    private static FfmpegInstallation found(CompletableFuture<FfmpegInstallation> finding) throws InterruptedException {
        try {
            return finding.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
        }
    }

    /** A port that is taken is no reason not to work: several workers on one machine need no settings. */
    private Runnable startHealth() {
        if (config.healthPort().isEmpty()) {
            return () -> {};
        }
        int port = config.healthPort().getAsInt();
        try {
            HealthServer server = new HealthServer(port, this::health, this::scrape);
            log.info("Health and metrics on port {} of all addresses: /healthz /readyz /metrics", port);
            return server::close;
        } catch (IOException e) {
            log.warn(
                    "cannot serve /healthz, /readyz and /metrics on port {}: {}; going on without them"
                            + " (TRANSCODE_HEALTH_PORT)",
                    port,
                    e.getMessage());
            return () -> {};
        }
    }

    private WorkerHealth health() {
        Worker running = worker;
        WorkerHealth own = running == null ? new WorkerHealth(true, List.of("the worker starts")) : running.health();
        Optional<String> away = storeAnswers.problem();
        if (away.isEmpty()) {
            return own;
        }
        List<String> reasons = new ArrayList<>(own.reasons());
        reasons.add(ports.storageName() + " does not answer: " + away.get());
        return new WorkerHealth(own.alive(), reasons);
    }

    /** One line for systemctl status. */
    private String status() {
        WorkerHealth now = health();
        return now.ready() ? "taking jobs" : MaskingEncoder.masked(String.join("; ", now.reasons()));
    }

    private String scrape() {
        Worker running = worker;
        if (running != null) {
            running.observeDepths();
        }
        return registry.scrape();
    }
}
