package dev.transcode.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Names of the fields of a job's status: flat strings, in Redis the hash {@code job:<id>}. Times are ISO-8601 in UTC with
 * milliseconds, numbers decimal with a point. Fields are added, never renamed.
 */
public final class JobFields {
    public static final String ID = "id";
    public static final String STATUS = "status";
    /** JSON array of {@code {"profile", "key"}}. */
    public static final String OUTPUTS = "outputs";

    public static final String ERROR = "error";
    public static final String ERROR_CODE = "error_code";
    /** What to do about the error: one sentence. */
    public static final String HINT = "hint";

    public static final String STAGE = "stage";
    /** Percent of the whole job, 0 to 100, one decimal. */
    public static final String PROGRESS = "progress";
    /** Encoding speed now, media time for wall time, e.g. {@code 1.84}. */
    public static final String SPEED = "speed";
    /** Seconds left, while it can be told. */
    public static final String ETA = "eta_seconds";

    public static final String ATTEMPT = "attempt";
    /** How often a worker holding the job was lost. */
    public static final String STALLS = "stalls";
    /** Which run of this id: the fence of its first claim; a push after the end starts a new one. */
    public static final String GENERATION = "generation";

    public static final String CREATED_AT = "created_at";
    public static final String STARTED_AT = "started_at";
    public static final String FINISHED_AT = "finished_at";
    public static final String UPDATED_AT = "updated_at";
    public static final String RETRY_AT = "retry_at";
    public static final String QUEUE = "queue";
    public static final String WORKER = "worker";
    public static final String FENCE = "fence";
    /** SHA-256 of the payload, hex. */
    public static final String SHA = "sha";
    /** Identical pushes dropped while the job was waiting or running. */
    public static final String DUPLICATES = "duplicates";
    /** {@code 1} once somebody asked to cancel a running job. */
    public static final String CANCEL = "cancel";
    /** The job's own webhook address, if it names one. */
    public static final String WEBHOOK_URL = "webhook_url";

    /** Source and output as {@code bucket/key} and {@code bucket/prefix}. */
    public static final String SOURCE = "source";

    public static final String OUTPUT = "output";
    /** Whole key of the run's {@code report.json}. */
    public static final String REPORT = "report";
    /** What the probe found, JSON as {@code transcode probe --json} prints it; of a complete job the report has it. */
    public static final String MEDIA = "media";
    /** What was decided, JSON as in the report; of a complete job the report has it. */
    public static final String PLAN = "plan";
    /** Findings, JSON array of {@code {"code", "message"}}. */
    public static final String FINDINGS = "findings";
    /** The worker's and FFmpeg's last lines, at most 4 kB. */
    public static final String LOG = "log";

    public static final String DURATION = "duration_seconds";
    public static final String INPUT_BYTES = "input_bytes";
    public static final String OUTPUT_BYTES = "output_bytes";
    /** Megabytes (10^6) a second. */
    public static final String DOWNLOAD_SPEED = "download_mb_per_second";

    public static final String UPLOAD_SPEED = "upload_mb_per_second";
    /** Of the whole encode, media time for wall time. */
    public static final String ENCODE_SPEED = "encode_speed";

    public static final String CPU_SECONDS = "cpu_seconds";
    public static final String PEAK_MEMORY_BYTES = "peak_memory_bytes";

    private static final Set<String> NUMBERS = Set.of(
            PROGRESS,
            SPEED,
            ETA,
            ATTEMPT,
            STALLS,
            GENERATION,
            FENCE,
            DUPLICATES,
            DURATION,
            INPUT_BYTES,
            OUTPUT_BYTES,
            DOWNLOAD_SPEED,
            UPLOAD_SPEED,
            ENCODE_SPEED,
            CPU_SECONDS,
            PEAK_MEMORY_BYTES);

    /** The queue's own bookkeeping: what proves a worker's ownership, and which copies to drop. */
    private static final Set<String> INTERNAL = Set.of("token", "last_token", "gated");

    private static final String INTERNAL_PREFIX = "drop_";

    private JobFields() {}

    /** Whether the field's values are decimal numbers. */
    public static boolean isNumber(String field) {
        return NUMBERS.contains(field);
    }

    /** Whether the field is the queue's own, and not to be shown to anybody. */
    public static boolean isInternal(String field) {
        return INTERNAL.contains(field) || field.startsWith(INTERNAL_PREFIX);
    }

    /** What is known of a job before it runs: source, output and its own webhook address. */
    public static Map<String, String> of(Job job) {
        Map<String, String> fields = new HashMap<>();
        fields.put(SOURCE, job.source().toString());
        fields.put(OUTPUT, job.output().bucket() + "/" + job.output().path());
        job.webhookUrl().ifPresent(url -> fields.put(WEBHOOK_URL, url.toString()));
        return fields;
    }
}
