package dev.transcode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.transcode.hls.HlsLayout;
import dev.transcode.internal.Count;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.WebhookUrl;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All that is known of a job, for people. */
final class StatusPrinter {
    private final Console console;
    private final Optional<URI> site;
    private final Clock clock;

    /** @param site as in {@link StatusJson#of} */
    StatusPrinter(Console console, Optional<URI> site, Clock clock) {
        this.console = console;
        this.site = site;
        this.clock = clock;
    }

    /** @param deliveries a line for each try to deliver its webhook */
    void print(JobStatus status, List<String> deliveries) {
        PrintWriter out = console.out();
        String state = StatusText.colored(console, status.state(), StatusText.state(status));
        boolean running = status.state() == JobState.PROCESSING;
        out.println(console.bold(status.id().value()) + "  " + state
                + (running
                        ? "  "
                                + ProgressPrinter.text(StatusText.progress(status))
                                        .strip()
                        : ""));
        row("source", source(status));
        row("output", output(status));
        row("queue", status.field(JobFields.QUEUE));
        row("worker", status.field(JobFields.WORKER));
        row("attempt", attempt(status));
        times(status);
        row("speed", speed(status));
        row("cost", cost(status));
        row("webhook", status.field(JobFields.WEBHOOK_URL).map(WebhookUrl::shown));
        deliveries.forEach(line -> row("delivery", Optional.of(line)));
        findings(status).forEach(finding -> row("finding", Optional.of(finding)));
        for (JobOutput output : status.outputs()) {
            String where = site.map(
                            url -> HlsLayout.publicBase(url, output.key()).toString())
                    .orElse(output.key());
            row(output.profile(), Optional.of(where));
        }
        status.error()
                .ifPresent(error -> row(
                        status.state() == JobState.QUEUED ? "last error" : "error",
                        Optional.of(error
                                + status.errorCode()
                                        .map(code -> " [" + code + "]")
                                        .orElse(""))));
        row("hint", status.field(JobFields.HINT));
    }

    private void row(String label, Optional<String> text) {
        text.ifPresent(
                value -> console.out().println(String.format("  %-10s  ", Format.plain(label)) + Format.plain(value)));
    }

    private static Optional<String> source(JobStatus status) {
        List<String> facts = new ArrayList<>();
        status.field(JobFields.SOURCE).ifPresent(facts::add);
        bytes(status, JobFields.INPUT_BYTES).ifPresent(facts::add);
        StatusText.seconds(status, JobFields.DURATION).map(Format::duration).ifPresent(facts::add);
        return joined(facts);
    }

    private static Optional<String> output(JobStatus status) {
        List<String> facts = new ArrayList<>();
        status.field(JobFields.OUTPUT).ifPresent(facts::add);
        bytes(status, JobFields.OUTPUT_BYTES).ifPresent(facts::add);
        return joined(facts);
    }

    private static Optional<String> attempt(JobStatus status) {
        List<String> facts = new ArrayList<>();
        if (status.attempt() > 0) {
            facts.add(Integer.toString(status.attempt()));
        }
        count(status, JobFields.STALLS, "worker lost").ifPresent(facts::add);
        count(status, JobFields.DUPLICATES, "pushed again").ifPresent(facts::add);
        return joined(facts);
    }

    private static Optional<String> count(JobStatus status, String field, String what) {
        long count = (long) StatusText.number(status, field).orElse(0);
        return count == 0 ? Optional.empty() : Optional.of(what + " " + Count.of(count, "time"));
    }

    private void times(JobStatus status) {
        Instant now = clock.instant();
        Optional<Instant> created = status.createdAt();
        Optional<Instant> started = status.time(JobFields.STARTED_AT);
        Optional<Instant> finished = status.time(JobFields.FINISHED_AT);
        row("created", created.map(at -> Format.time(at) + ", " + Format.age(Duration.between(at, now)) + " ago"));
        row("started", started.map(at -> Format.time(at) + after("waited", created, at)));
        row("finished", finished.map(at -> Format.time(at) + after("took", started, at)));
        if (status.state() == JobState.QUEUED) {
            row("next try", status.time(JobFields.RETRY_AT).map(Format::time));
        } else if (status.state() == JobState.PROCESSING) {
            row(
                    "last sign",
                    status.time(JobFields.UPDATED_AT)
                            .map(at -> Format.time(at) + ", " + Format.age(Duration.between(at, now)) + " ago"));
        }
    }

    private static String after(String what, Optional<Instant> from, Instant to) {
        return from.filter(start -> !start.isAfter(to))
                .map(start -> ", " + what + " " + Format.duration(Duration.between(start, to)))
                .orElse("");
    }

    private static Optional<String> speed(JobStatus status) {
        List<String> facts = new ArrayList<>();
        fact(facts, status, JobFields.DOWNLOAD_SPEED, "download %.1f MB/s");
        fact(facts, status, JobFields.ENCODE_SPEED, "encode %.2fx");
        fact(facts, status, JobFields.UPLOAD_SPEED, "upload %.1f MB/s");
        return joined(facts);
    }

    private static Optional<String> cost(JobStatus status) {
        List<String> facts = new ArrayList<>();
        fact(facts, status, JobFields.CPU_SECONDS, "CPU %.1f s");
        bytes(status, JobFields.PEAK_MEMORY_BYTES).ifPresent(bytes -> facts.add("peak memory " + bytes));
        return joined(facts);
    }

    private static void fact(List<String> facts, JobStatus status, String field, String format) {
        StatusText.number(status, field).ifPresent(number -> facts.add(String.format(Locale.ROOT, format, number)));
    }

    private static Optional<String> bytes(JobStatus status, String field) {
        return StatusText.number(status, field).stream()
                .mapToObj(bytes -> Format.bytes((long) bytes))
                .findFirst();
    }

    private static Optional<String> joined(List<String> facts) {
        return facts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", facts));
    }

    /** {@code code: message} of each; what is none of ours is left out. */
    private static List<String> findings(JobStatus status) {
        List<String> findings = new ArrayList<>();
        try {
            String json = status.field(JobFields.FINDINGS).orElse("[]");
            for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
                JsonObject finding = element.getAsJsonObject();
                findings.add(finding.get("code").getAsString() + ": "
                        + finding.get("message").getAsString());
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            return findings;
        }
        return findings;
    }
}
