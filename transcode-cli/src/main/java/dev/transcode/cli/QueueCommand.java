package dev.transcode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueDepth;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "queue",
        description = "Shows how full the queues are, and how many workers serve them.",
        footer = {
            "",
            "Examples:",
            "  transcode queue",
            "  transcode queue --queue transcode_jobs_high,transcode_jobs_low --json",
            "",
            "waiting    in the list",
            "running    being worked on",
            "delayed    waiting for the next attempt",
            "dead       failed, can be retried",
            "malformed  pushed, but no jobs",
            "oldest     how long the next one has waited, where that is known"
        })
final class QueueCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private QueueNames names;

    QueueCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        List<QueueDepth> depths;
        try (QueueBackend queue = connections.openQueue()) {
            depths = queue.store().depths(names.of(connections.settings()));
        }
        Console console = Console.of(spec.commandLine());
        if (json) {
            JsonArray array = new JsonArray();
            depths.forEach(depth -> array.add(json(depth)));
            JsonObject object = new JsonObject();
            object.add("queues", array);
            console.out().println(Json.pretty(object));
        } else {
            table(depths).print(console.out(), console);
        }
        return ExitCode.OK;
    }

    static Table table(List<QueueDepth> depths) {
        Table table = new Table(1, "queue", "waiting", "running", "delayed", "dead", "malformed", "workers", "oldest");
        for (QueueDepth depth : depths) {
            table.add(
                    depth.queue(),
                    Long.toString(depth.waiting()),
                    Long.toString(depth.running()),
                    Long.toString(depth.delayed()),
                    Long.toString(depth.dead()),
                    Long.toString(depth.malformed()),
                    Long.toString(depth.workers()),
                    depth.oldestAge().map(Format::age).orElse("-"));
        }
        return table;
    }

    private static JsonObject json(QueueDepth depth) {
        JsonObject json = new JsonObject();
        json.addProperty("queue", depth.queue());
        json.addProperty("waiting", depth.waiting());
        json.addProperty("running", depth.running());
        json.addProperty("delayed", depth.delayed());
        json.addProperty("dead", depth.dead());
        json.addProperty("malformed", depth.malformed());
        json.addProperty("workers", depth.workers());
        depth.oldestAge().ifPresent(age -> json.addProperty("oldest_age_seconds", age.toMillis() / 1e3));
        return json;
    }
}
