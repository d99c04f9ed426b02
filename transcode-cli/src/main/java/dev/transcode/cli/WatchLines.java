package dev.transcode.cli;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A line for each stage and each tenth of every job. */
final class WatchLines implements RunningJobs.View {
    private static final int STEP = 10;

    private final Console console;
    private final Map<JobId, String> printed = new HashMap<>();

    WatchLines(Console console) {
        this.console = console;
    }

    @Override
    public void changed(JobStatus status) {
        String step = StatusText.state(status) + status.attempt() + status.stage() + (int) status.percent() / STEP;
        if (!step.equals(printed.put(status.id(), step))) {
            console.out()
                    .println(Format.time(Instant.now()) + "  " + status.id() + "  "
                            + StatusText.line(status).strip());
        }
        if (status.state().ended()) {
            printed.remove(status.id());
        }
    }
}
