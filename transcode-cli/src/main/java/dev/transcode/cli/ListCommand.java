package dev.transcode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.JobQuery;
import dev.transcode.queue.QueueBackend;
import dev.transcode.worker.Setting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists the jobs that are known, newest first.",
        footer = {
            "",
            "Examples:",
            "  transcode list --status failed",
            "  transcode list --page 1 --size 50 --json",
            "",
            "Complete jobs are known for 7 days after their end, failed and cancelled ones",
            "for 30."
        })
final class ListCommand implements Callable<Integer> {
    private static final int MAX_SIZE = 1_000;
    private static final int MAX_PAGE = 1_000_000;

    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            description = "Only those: queued, processing, complete, failed or cancelled.")
    private @Nullable JobState state;

    @Option(
            names = "--page",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which page, from 0 (default: ${DEFAULT-VALUE}).")
    private int page;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "20",
            description = "Jobs on a page, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int size = 20;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ListCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        if (page < 0 || page > MAX_PAGE || size < 1 || size > MAX_SIZE) {
            throw new ParameterException(spec.commandLine(), "--page is 0 or more, --size 1 to " + MAX_SIZE);
        }
        Optional<URI> site = connections.settings().webAddress(Setting.PUBLIC_BASE_URL);
        List<JobStatus> jobs;
        try (QueueBackend queue = connections.openQueue()) {
            jobs = queue.store().list(new JobQuery(Optional.ofNullable(state), page * size, size, Optional.empty()));
        }
        Console console = Console.of(spec.commandLine());
        if (json) {
            printJson(console, jobs, site);
        } else {
            print(console, jobs);
        }
        return ExitCode.OK;
    }

    private void printJson(Console console, List<JobStatus> jobs, Optional<URI> site) {
        JsonArray array = new JsonArray();
        jobs.forEach(job -> array.add(StatusJson.of(job, site)));
        JsonObject object = new JsonObject();
        object.add("jobs", array);
        object.addProperty("page", page);
        object.addProperty("size", size);
        console.out().println(Json.pretty(object));
    }

    private void print(Console console, List<JobStatus> jobs) {
        if (jobs.isEmpty()) {
            console.err().println(page == 0 ? "no jobs" : "no jobs on page " + page);
            return;
        }
        Instant now = Instant.now();
        Table table = new Table(2, "id", "status", "done", "age", "source or error")
                .endingInText()
                .paint(1, cell -> colored(console, cell));
        for (JobStatus job : jobs) {
            table.add(
                    job.id().value(),
                    StatusText.state(job),
                    job.state().ended() ? "" : String.format(Locale.ROOT, "%.0f %%", job.percent()),
                    job.createdAt()
                            .map(at -> Format.age(Duration.between(at, now)))
                            .orElse(""),
                    job.error().or(() -> job.field(JobFields.SOURCE)).orElse(""));
        }
        table.print(console.out(), console);
        if (jobs.size() == size) {
            console.err().println("More: --page " + (page + 1));
        }
    }

    private static String colored(Console console, String cell) {
        return JobState.fromWire(cell.strip())
                .map(state -> StatusText.colored(console, state, cell))
                .orElse(cell);
    }
}
