package dev.transcode.cli;

import com.google.gson.JsonObject;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.queue.CancelResult;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueBackend;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "cancel",
        description = "Cancels a job: at once while it waits; a running one stops within seconds.",
        footer = {
            "",
            "Example:",
            "  transcode cancel job_1732305600_ab12cd",
            "",
            "Exit codes: 0 it is cancelled or will be, 1 it has ended otherwise,",
            "5 no such job is known."
        })
final class CancelCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    CancelCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        JobId jobId = new JobId(id);
        CancelResult result;
        try (QueueBackend queue = connections.openQueue()) {
            result = cancel(queue.store(), jobId);
        }
        Console console = Console.of(spec.commandLine());
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("id", jobId.value());
            object.addProperty("result", result.name().toLowerCase(Locale.ROOT));
            console.out().println(Json.pretty(object));
        } else if (result == CancelResult.REQUESTED) {
            console.out().println("job " + jobId + " is running; its worker has been asked to stop it");
        } else {
            console.out().println("job " + jobId + " is cancelled");
        }
        return ExitCode.OK;
    }

    private static CancelResult cancel(JobStore store, JobId jobId) {
        CancelResult result = store.cancel(jobId);
        if (result == CancelResult.NOT_FOUND) {
            throw JobErrors.notFound("cancel", jobId);
        }
        if (result == CancelResult.ENDED) {
            Optional<JobState> state = store.find(jobId).map(status -> status.state());
            if (state.equals(Optional.of(JobState.CANCELLED))) {
                return CancelResult.CANCELLED;
            }
            throw JobErrors.refused(
                    "job_ended",
                    "cancel",
                    jobId,
                    "it has ended" + state.map(word -> ": " + word.wire()).orElse(""),
                    "Look at it with 'transcode status " + jobId + "'.");
        }
        return result;
    }
}
