package dev.transcode.cli;

import dev.transcode.job.JobStatus;
import dev.transcode.queue.QueueBackend;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "watch",
        description = "Shows all running jobs, live, until it is interrupted.",
        footer = {
            "",
            "Examples:",
            "  transcode watch",
            "  transcode watch --json | jq -r 'select(.status == \"failed\") | .error'",
            "",
            "On a terminal a table that is drawn in place; elsewhere a line for each stage",
            "and each tenth of a job, with --json a job's whole status whenever it changes."
        })
final class WatchCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object on a line for each change.")
    private boolean json;

    @Mixin
    private QueueNames names;

    WatchCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        Settings settings = connections.settings();
        Console console = Console.of(spec.commandLine());
        List<String> queues = names.of(settings);
        try (QueueBackend queue = connections.openQueue()) {
            RunningJobs jobs = new RunningJobs(queue, console);
            RunningJobs.View view;
            if (json) {
                view = new RunningJobs.View() {
                    @Override
                    public void changed(JobStatus status) {
                        console.out()
                                .println(
                                        Json.line(StatusJson.of(status, settings.webAddress(Setting.PUBLIC_BASE_URL))));
                    }
                };
            } else if (console.isOutLive()) {
                view = new WatchScreen(console, () -> queue.store().depths(queues));
            } else {
                view = new WatchLines(console);
            }
            jobs.watch(view);
        }
        return ExitCode.OK;
    }
}
