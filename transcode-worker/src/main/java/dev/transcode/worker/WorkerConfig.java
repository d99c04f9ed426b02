package dev.transcode.worker;

import dev.transcode.job.JobJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a worker is told by its environment.
 *
 * @param queues lists it takes from, highest priority first
 * @param concurrency jobs at once
 * @param lease how long a dead worker's jobs are held
 * @param workDirectory for the files of running jobs
 * @param stop what becomes of running jobs when the worker stops
 * @param drain how long {@link Stop#DRAIN} waits for them
 * @param healthPort of /healthz, /readyz and /metrics; empty = none
 * @param defaults stand in for what a job leaves out
 * @param webhookUrl called for jobs that name no webhook of their own
 * @param webhookSecret signs webhooks
 * @param webhookAllowPrivate whether a job's webhook may lead to private addresses
 */
public record WorkerConfig(
        List<String> queues,
        int concurrency,
        Duration lease,
        Path workDirectory,
        Stop stop,
        Duration drain,
        OptionalInt healthPort,
        JobJson.Defaults defaults,
        Optional<URI> webhookUrl,
        Optional<String> webhookSecret,
        boolean webhookAllowPrivate) {
    private static final Duration MIN_LEASE = Duration.ofSeconds(1);
    private static final Duration MAX_LEASE = Duration.ofHours(1);
    private static final Duration MAX_DRAIN = Duration.ofHours(24);

    /** What becomes of running jobs when the worker is told to stop. */
    public enum Stop {
        /** Others do them; the attempt does not count. */
        GIVE_BACK,
        /** They are finished first. */
        DRAIN
    }

    public WorkerConfig {
        queues = List.copyOf(queues);
    }

    /**
     * As {@link #of(Settings)}.
     *
     * @param env e.g. {@link System#getenv()}
     */
    public static WorkerConfig of(Map<String, String> env) {
        return of(Settings.of(env));
    }

    /** @throws SettingException if one is missing or cannot be used */
    public static WorkerConfig of(Settings settings) {
        return new WorkerConfig(
                settings.queues(),
                (int) settings.number(Setting.CONCURRENCY, 1, 64),
                settings.duration(Setting.LEASE, MIN_LEASE, MAX_LEASE),
                settings.path(Setting.WORK_DIR).orElseGet(WorkerConfig::usualWorkDirectory),
                Stop.valueOf(settings.word(Setting.STOP, List.of("give-back", "drain"))
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT)),
                settings.duration(Setting.DRAIN, Duration.ZERO, MAX_DRAIN),
                healthPort(settings),
                new JobJson.Defaults(settings.text(Setting.S3_BUCKET), settings.webAddress(Setting.PUBLIC_BASE_URL)),
                settings.webAddress(Setting.WEBHOOK_URL),
                settings.text(Setting.WEBHOOK_SECRET),
                settings.flag(Setting.WEBHOOK_ALLOW_PRIVATE));
    }

    /** Without the secret; a webhook address may hold a token in its query. */
    @Override
    public String toString() {
        return "worker of " + queues + ", " + concurrency + " at once, lease " + lease;
    }

    private static OptionalInt healthPort(Settings settings) {
        if (settings.required(Setting.HEALTH_PORT).equalsIgnoreCase("off")) {
            return OptionalInt.empty();
        }
        int port = (int) settings.number(Setting.HEALTH_PORT, 0, 65_535);
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Where {@code TRANSCODE_WORK_DIR} is unset: of the user, so that two users' workers don't meet in a shared folder for temporary files. */
    public static Path usualWorkDirectory() {
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "transcode-worker-" + user);
    }
}
