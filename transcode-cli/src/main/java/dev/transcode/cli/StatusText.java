package dev.transcode.cli;

import dev.transcode.JobProgress;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Parts of a status as people read them. */
final class StatusText {
    private StatusText() {}

    /** The state, with the stage of a running job and of one that waits for its next attempt. */
    static String state(JobStatus status) {
        if (status.state() == JobState.PROCESSING
                && status.field(JobFields.CANCEL).isPresent()) {
            return "cancelling";
        }
        return status.state() == JobState.QUEUED && status.stage().equals(Optional.of(Stage.RETRY))
                ? "retrying"
                : status.state().wire();
    }

    static String colored(Console console, JobState state, String text) {
        return switch (state) {
            case COMPLETE -> console.green(text);
            case FAILED -> console.red(text);
            case CANCELLED -> console.yellow(text);
            case QUEUED, PROCESSING -> console.bold(text);
        };
    }

    /** On one line: where a job stands that has not ended. */
    static String line(JobStatus status) {
        if (status.state() != JobState.PROCESSING) {
            return Format.plain(state(status)
                    + status.time(JobFields.RETRY_AT)
                            .map(at -> ", next attempt at " + Format.time(at))
                            .orElse("")
                    + status.error().map(error -> ": " + error).orElse(""));
        }
        String text = ProgressPrinter.text(progress(status));
        return status.field(JobFields.CANCEL).isPresent() ? text + "  cancelling" : text;
    }

    static JobProgress progress(JobStatus status) {
        return new JobProgress(
                status.stage().orElse(Stage.FETCH),
                status.percent(),
                number(status, JobFields.SPEED).orElse(0),
                0,
                seconds(status, JobFields.ETA));
    }

    static OptionalDouble number(JobStatus status, String field) {
        try {
            Optional<String> text = status.field(field);
            return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text.get()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    static Optional<Duration> seconds(JobStatus status, String field) {
        OptionalDouble number = number(status, field);
        return number.isPresent()
                ? Optional.of(Duration.ofMillis(Math.round(number.getAsDouble() * 1_000)))
                : Optional.empty();
    }
}
