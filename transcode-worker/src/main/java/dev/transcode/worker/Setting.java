package dev.transcode.worker;

import java.util.List;
import java.util.Optional;

/**
 * Everything that is set by the environment: the names, the default and what it is for, in one table. Read with
 * {@link Settings}; the documentation and {@code transcode config show} are made from it.
 */
public enum Setting {
    REDIS_URL(
            "REDIS_URL UPSTASH_REDIS_URL",
            "",
            Kind.SECRET,
            "Redis server: redis:// or rediss:// (TLS), with user, password, port and database"),
    QUEUE_NAME(
            "QUEUE_NAME",
            "transcode_jobs",
            Kind.PLAIN,
            "Redis list the jobs stand in; several separated by commas, highest priority first"),

    S3_ENDPOINT(
            "LYVE_ENDPOINT S3_ENDPOINT AWS_ENDPOINT_URL_S3",
            "",
            Kind.PLAIN,
            "URL of the S3 server, e.g. https://s3.us-west-1.lyvecloud.seagate.com"),
    S3_ACCESS_KEY("LYVE_ACCESS_KEY S3_ACCESS_KEY AWS_ACCESS_KEY_ID", "", Kind.SECRET, "S3 access key"),
    S3_SECRET_KEY("LYVE_SECRET_KEY S3_SECRET_KEY AWS_SECRET_ACCESS_KEY", "", Kind.SECRET, "S3 secret key"),
    S3_SESSION_TOKEN("AWS_SESSION_TOKEN", "", Kind.SECRET, "session token that belongs to temporary S3 credentials"),
    S3_REGION(
            "S3_REGION AWS_REGION", "", Kind.PLAIN, "S3 region; else the s3.<region>. of the endpoint, else us-east-1"),
    S3_BUCKET("LYVE_BUCKET S3_BUCKET", "", Kind.PLAIN, "bucket of jobs that name none"),

    WEBHOOK_URL("WEBHOOK_URL", "", Kind.PLAIN, "called for every finished job that names no webhook_url of its own"),
    WEBHOOK_SECRET(
            "TRANSCODE_WEBHOOK_SECRET",
            "",
            Kind.SECRET,
            "signs webhooks (Standard Webhooks): whsec_ and 24 to 64 bytes in Base64"),
    WEBHOOK_ALLOW_PRIVATE(
            "TRANSCODE_WEBHOOK_ALLOW_PRIVATE",
            "false",
            Kind.PLAIN,
            "true: a job's webhook_url may lead to private addresses"),

    PUBLIC_BASE_URL(
            "TRANSCODE_PUBLIC_BASE_URL",
            "",
            Kind.PLAIN,
            "address the bucket's root is seen at; playlists then hold absolute URIs"),
    FFMPEG(
            "TRANSCODE_FFMPEG",
            "",
            Kind.PLAIN,
            "which FFmpeg runs: a directory, path or bundled; else the one on PATH if it is able, else the bundled one"),
    FFMPEG_LOG("TRANSCODE_FFMPEG_LOG", "off", Kind.PLAIN, "verbose: every line FFmpeg logs is logged"),
    LOG("TRANSCODE_LOG", "text", Kind.PLAIN, "form of the worker's log: text or json"),

    CONCURRENCY("TRANSCODE_CONCURRENCY", "1", Kind.PLAIN, "jobs a worker runs at once, 1 to 64"),
    LEASE(
            "TRANSCODE_LEASE",
            "30s",
            Kind.PLAIN,
            "how long a dead worker's jobs are held before others take them, 1s to 1h; the same for all workers"),
    WORK_DIR(
            "TRANSCODE_WORK_DIR",
            "",
            Kind.PLAIN,
            "folder for the files of running jobs; else transcode-worker-<user> in the folder for temporary files"),
    STOP(
            "TRANSCODE_STOP",
            "give-back",
            Kind.PLAIN,
            "what becomes of running jobs at SIGTERM: give-back (others do them) or drain (they are finished first)"),
    DRAIN(
            "TRANSCODE_DRAIN",
            "10m",
            Kind.PLAIN,
            "with drain: how long running jobs may go on before they are given back"),
    HEALTH_PORT(
            "TRANSCODE_HEALTH_PORT",
            "8080",
            Kind.PLAIN,
            "port of /healthz, /readyz and /metrics on all addresses; 0 or off: none"),

    API_BIND(
            "TRANSCODE_API_BIND",
            "127.0.0.1",
            Kind.PLAIN,
            "address transcode serve listens on; any but a loopback one needs a token"),
    API_TOKEN(
            "TRANSCODE_API_TOKEN",
            "",
            Kind.SECRET,
            "what callers of the HTTP API must show one of: tokens separated by commas"),
    PROBE_MAX_BYTES(
            "TRANSCODE_PROBE_MAX_BYTES",
            "2147483648",
            Kind.PLAIN,
            "largest S3 object the HTTP API downloads in order to probe it, bytes");

    /** Separated by spaces: a list would not be known as immutable. */
    private final String names;

    private final String defaultText;
    private final Kind kind;
    private final String description;

    Setting(String names, String defaultText, Kind kind, String description) {
        this.names = names;
        this.defaultText = defaultText;
        this.kind = kind;
        this.description = description;
    }

    /** Variables that are looked at, in this order; of a secret one also each with {@code _FILE} after it. */
    public List<String> names() {
        return List.of(names.split(" ", -1));
    }

    /** What holds if no variable is set; empty = nothing, or as the description says. */
    public Optional<String> defaultText() {
        return defaultText.isEmpty() ? Optional.empty() : Optional.of(defaultText);
    }

    /** Whether its value is never shown, and may be given as a file: {@code <NAME>_FILE} holds the file's name. */
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** One line, no full stop. */
    public String description() {
        return description;
    }

    /** For messages: {@code REDIS_URL (or UPSTASH_REDIS_URL)}. */
    String nameList() {
        List<String> all = names();
        return all.get(0) + (all.size() == 1 ? "" : " (or " + String.join(", ", all.subList(1, all.size())) + ")");
    }

    private enum Kind {
        PLAIN,
        SECRET
    }
}
