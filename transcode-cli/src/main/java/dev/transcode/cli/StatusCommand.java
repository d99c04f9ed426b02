package dev.transcode.cli;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.QueueBackend;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows all that is known of a job: progress, outputs, error, speeds, findings.",
        footer = {
            "",
            "Examples:",
            "  transcode status job_1732305600_ab12cd",
            "  transcode status job_1732305600_ab12cd --watch",
            "  transcode status job_1732305600_ab12cd --json | jq .outputs",
            "",
            "Exit codes: 1 the job failed or was cancelled, 5 no such job is known. A job",
            "that was only LPUSHed is known once a worker has taken it. Outputs are shown as",
            "addresses where TRANSCODE_PUBLIC_BASE_URL is set."
        })
final class StatusCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id;

    @Option(names = "--watch", description = "Show the progress until the job has ended.")
    private boolean watch;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        JobId jobId = new JobId(id);
        WaitForJob job = new WaitForJob(Console.of(spec.commandLine()), connections.settings(), json);
        try (QueueBackend queue = connections.openQueue()) {
            if (watch) {
                return job.run(queue, jobId, Optional.empty());
            }
            JobStatus status = queue.store().find(jobId).orElseThrow(() -> JobErrors.notFound("show", jobId));
            job.print(queue, status);
            return WaitForJob.exitCode(status);
        }
    }
}
