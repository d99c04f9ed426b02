package dev.transcode.cli;

import com.google.gson.JsonObject;
import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.job.WebhookUrl;
import dev.transcode.queue.OutboxEntry;
import dev.transcode.queue.QueueBackend;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "resend",
        description = "Sends the webhook of a job's end again, under its own event id.",
        footer = {
            "",
            "Example:",
            "  transcode webhook resend job_1732305600_ab12cd",
            "",
            "A worker or 'transcode serve' delivers it within seconds, with all its tries",
            "before it, also if it was delivered or given up; 'transcode status ID' tells",
            "what came of it. It is kept for 7 days after its last try.",
            "Exit codes: 1 the job has not ended or there is no webhook,",
            "5 no such job is known."
        })
final class WebhookResendCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    WebhookResendCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        JobId jobId = new JobId(id);
        OutboxEntry entry;
        try (QueueBackend queue = connections.openQueue()) {
            entry = resend(queue, jobId);
        }
        Console console = Console.of(spec.commandLine());
        String url = WebhookUrl.shown(entry.url());
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("id", jobId.value());
            object.addProperty("result", "due");
            object.addProperty("event_id", entry.eventId());
            object.addProperty("url", url);
            console.out().println(Json.pretty(object));
        } else {
            console.out()
                    .println("the webhook of job " + jobId + " is due again: event " + entry.eventId() + " to " + url);
            console.err().println("What came of it: " + Main.typed() + " status " + jobId);
        }
        return ExitCode.OK;
    }

    private static OutboxEntry resend(QueueBackend queue, JobId jobId) {
        JobStatus status =
                queue.store().find(jobId).orElseThrow(() -> JobErrors.notFound("resend the webhook of", jobId));
        if (!status.state().ended()) {
            throw JobErrors.refused(
                    "job_not_ended",
                    "resend the webhook of",
                    jobId,
                    "it has not ended",
                    "Wait for its end: that sends it by itself.");
        }
        return queue.outbox()
                .resend(jobId)
                .orElseThrow(() -> JobErrors.refused(
                        "no_webhook",
                        "resend the webhook of",
                        jobId,
                        "its end caused none, or it is no longer kept",
                        "A job needs a webhook_url, or its workers WEBHOOK_URL; a webhook is kept for 7 days."));
    }
}
