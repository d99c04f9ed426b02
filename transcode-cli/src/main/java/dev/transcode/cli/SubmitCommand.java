package dev.transcode.cli;

import com.google.gson.JsonObject;
import dev.transcode.job.Job;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.SubmitResult;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "submit",
        description = "Queues a job for the workers and prints its id.",
        footer = {
            "",
            "Examples:",
            "  transcode submit --input s3://media/film.mp4 --output s3://site/1 --wait",
            "  transcode submit --input in/film.mp4 --profile mobile    in LYVE_BUCKET",
            "  transcode submit --job job.json                          as for LPUSH",
            "",
            "The id alone goes to standard output: id=$(transcode submit ...). With --wait",
            "the job's status follows, and the exit code is the job's: 0 complete, 1 failed",
            "or cancelled, 3 the time of --timeout is over."
        })
final class SubmitCommand implements Callable<Integer> {
    private static final Set<String> BESIDE_A_FILE =
            Set.of("--job", "--queue", "--wait", "--timeout", "--json", "--stacktrace");

    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(names = "--input", paramLabel = "S3", description = "The video: s3://bucket/key, or a key in LYVE_BUCKET.")
    private @Nullable String input;

    @Option(
            names = "--output",
            paramLabel = "S3",
            description = "Where the output goes: s3://bucket/prefix, or a prefix in LYVE_BUCKET"
                    + " (default: transcoded/ID in LYVE_BUCKET, else in the bucket of the input).")
    private @Nullable String output;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            converter = WebAddress.OfWebhook.class,
            description = "Called when the job has ended (default: the worker's WEBHOOK_URL).")
    private @Nullable URI webhook;

    @Option(names = "--id", paramLabel = "ID", description = "Name of the job (default: a new one).")
    private @Nullable String id;

    @Option(
            names = "--job",
            paramLabel = "FILE",
            description =
                    "The whole job as the contract's JSON, instead of --input and the like; - reads standard input.")
    private @Nullable String file;

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            description = "Redis list (default: the first of QUEUE_NAME, else transcode_jobs).")
    private @Nullable String queue;

    @Option(names = "--wait", description = "Wait for the end, and show the progress.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "With --wait: how long at most, e.g. 90s, 30m, 2h. The job goes on after that.")
    private @Nullable Duration timeout;

    @Option(names = "--json", description = "Print one JSON object: the job's status.")
    private boolean json;

    @Mixin
    private EncodeOptions encode;

    SubmitCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        if (timeout != null && !wait) {
            throw new ParameterException(spec.commandLine(), "--timeout needs --wait");
        }
        Settings settings = connections.settings();
        NewJob job = file == null ? NewJob.of(job(settings)) : fromFile(file, settings);
        String list = queue == null ? settings.queues().get(0) : queue;
        Console console = Console.of(spec.commandLine());
        try (QueueBackend backend = connections.openQueue()) {
            submit(backend.store(), job, list);
            if (!json) {
                announce(console, backend.store(), job, list);
            }
            if (wait) {
                return new WaitForJob(console, settings, json)
                        .run(backend, job.job().id(), Optional.ofNullable(timeout));
            }
            if (json) {
                console.out().println(Json.pretty(queued(backend.store(), job, list)));
            }
            return ExitCode.OK;
        }
    }

    private NewJob fromFile(String name, Settings settings) {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!BESIDE_A_FILE.contains(option.longestName())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--job holds the whole job: " + option.longestName() + " cannot be given beside it");
            }
        }
        return NewJob.readFile(name, settings);
    }

    private Job job(Settings settings) {
        if (input == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--input' (or '--job')");
        }
        S3Address source = S3Address.parse("--input", input, settings);
        JobId jobId = id == null ? JobId.create(Clock.systemUTC()) : new JobId(id);
        S3Address target = output == null
                ? new S3Address(settings.text(Setting.S3_BUCKET).orElse(source.bucket()), "transcoded/" + jobId)
                : S3Address.parse("--output", output, settings);
        Job.Builder job = Job.builder()
                .id(jobId)
                .source(source.bucket(), source.key())
                .output(target.bucket(), target.key())
                .ladder(encode.ladder())
                .settings(encode.settings());
        Optional.ofNullable(webhook).ifPresent(job::webhookUrl);
        return job.build();
    }

    private static void submit(JobStore store, NewJob job, String list) {
        JobId jobId = job.job().id();
        SubmitResult result = store.submit(job.submission(list));
        switch (result.kind()) {
            case QUEUED, REPLAY -> {}
            case EXISTS ->
                throw JobErrors.refused(
                        "job_exists",
                        "submit",
                        jobId,
                        "a job of this id is in progress"
                                + store.find(jobId)
                                        .map(status -> " (" + StatusText.state(status) + ")")
                                        .orElse(""),
                        "Watch that one with 'transcode status " + jobId + " --watch', or choose another id.");
            case CONFLICT ->
                throw JobErrors.refused(
                        "idempotency_conflict", "submit", jobId, "its key belongs to another job", "Use a new key.");
            case FULL ->
                throw JobErrors.refused(
                        "queue_full",
                        "submit",
                        jobId,
                        "queue " + list + " holds as many jobs as it may",
                        "Wait until the workers have caught up: 'transcode queue' tells.");
        }
    }

    private void announce(Console console, JobStore store, NewJob job, String list) {
        console.out().println(job.job().id());
        console.err()
                .println("queued in " + list + ": s3://" + job.job().source() + " -> s3://"
                        + job.submission(list).facts().get(JobFields.OUTPUT));
        if (store.depths(List.of(list)).get(0).workers() == 0) {
            console.err().println("No worker has reported for " + list + " yet.");
        }
        if (!wait) {
            console.err()
                    .println(
                            "Watch it: " + Main.typed() + " status " + job.job().id() + " --watch");
        }
    }

    /** As it stands, or as it was queued if a worker has been quicker to end and forget it. */
    private static JsonObject queued(JobStore store, NewJob job, String list) {
        JobId jobId = job.job().id();
        JobStatus status = store.find(jobId)
                .orElseGet(() -> JobStatus.of(jobId, job.submission(list).facts()));
        return StatusJson.of(status, Optional.empty());
    }
}
