package dev.transcode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.QueueBackend;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows a job's progress to its end, then its status. */
final class WaitForJob {
    private final Console console;
    private final Settings settings;
    private final boolean json;

    WaitForJob(Console console, Settings settings, boolean json) {
        this.console = console;
        this.settings = settings;
        this.json = json;
    }

    /** @return the exit code that tells how the job ended */
    int run(QueueBackend queue, JobId id, Optional<Duration> timeout) {
        FollowPrinter progress = new FollowPrinter(console);
        JobStatus last;
        try {
            last = Interrupts.saying(
                    () -> sayGoodbye(id), () -> new JobFollower(queue, console).follow(id, timeout, progress));
        } finally {
            progress.end();
        }
        print(queue, last);
        if (!last.state().ended()) {
            console.err()
                    .println("Gave up waiting after " + Format.duration(timeout.orElse(Duration.ZERO))
                            + "; the job goes on.");
            return ExitCode.TIMED_OUT;
        }
        return exitCode(last);
    }

    /** The status, and what became of its webhook. */
    void print(QueueBackend queue, JobStatus status) {
        Optional<URI> site = settings.webAddress(Setting.PUBLIC_BASE_URL);
        List<String> deliveries = queue.outbox().log(status.id());
        if (!json) {
            new StatusPrinter(console, site, Clock.systemUTC()).print(status, deliveries);
            return;
        }
        JsonObject object = StatusJson.of(status, site);
        if (!deliveries.isEmpty()) {
            JsonArray log = new JsonArray();
            deliveries.forEach(log::add);
            object.add("webhook_log", log);
        }
        console.out().println(Json.pretty(object));
    }

    static int exitCode(JobStatus status) {
        return status.state() == JobState.FAILED || status.state() == JobState.CANCELLED
                ? ExitCode.FAILED
                : ExitCode.OK;
    }

    private void sayGoodbye(JobId id) {
        console.err().println();
        console.err().println("The job goes on. Watch it: " + Main.typed() + " status " + id + " --watch");
        console.err().println("             Cancel it: " + Main.typed() + " cancel " + id);
    }
}
