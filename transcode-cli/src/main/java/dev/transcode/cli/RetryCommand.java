package dev.transcode.cli;

import com.google.gson.JsonObject;
import dev.transcode.job.JobId;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.RetryResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "retry",
        description = "Queues a failed or cancelled job again, as it was submitted.",
        footer = {
            "",
            "Example:",
            "  transcode list --status failed",
            "  transcode retry job_1732305600_ab12cd",
            "",
            "What a failed job was asked to do is kept for 30 days.",
            "Exit codes: 1 it is in no state for this, 5 no such job is known."
        })
final class RetryCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    RetryCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        JobId jobId = new JobId(id);
        try (QueueBackend queue = connections.openQueue()) {
            check(jobId, queue.store().retry(jobId));
        }
        Console console = Console.of(spec.commandLine());
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("id", jobId.value());
            object.addProperty("result", "queued");
            console.out().println(Json.pretty(object));
        } else {
            console.out().println("job " + jobId + " is queued again");
            console.err().println("Watch it: " + Main.typed() + " status " + jobId + " --watch");
        }
        return ExitCode.OK;
    }

    private static void check(JobId jobId, RetryResult result) {
        switch (result) {
            case QUEUED -> {}
            case NOT_ENDED ->
                throw JobErrors.refused(
                        "job_not_ended",
                        "retry",
                        jobId,
                        "it is waiting or running",
                        "Watch it with 'transcode status " + jobId + " --watch', or cancel it first.");
            case COMPLETE ->
                throw JobErrors.refused(
                        "job_complete", "retry", jobId, "it is complete", "Submit it again to run it once more.");
            case PAYLOAD_GONE ->
                throw JobErrors.refused(
                        "payload_gone",
                        "retry",
                        jobId,
                        "what it was asked to do is no longer kept",
                        "Submit it again.");
            case NOT_FOUND -> throw JobErrors.notFound("retry", jobId);
        }
    }
}
