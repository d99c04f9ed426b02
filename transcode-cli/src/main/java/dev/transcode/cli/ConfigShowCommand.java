package dev.transcode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Prints every setting, its value (secrets masked) and where it came from.",
        footer = {
            "",
            "Examples:",
            "  transcode config show",
            "  transcode config show --json",
            "",
            "environment  the variable is set; another name than the first stands behind it",
            "file         the variable with _FILE names a file that holds the value",
            "default      nothing is set, this holds",
            "-            nothing is set, and there is no default",
            "",
            "What they mean: docs/worker.md, or 'transcode man'. Whether they work:",
            "'transcode doctor'."
        })
final class ConfigShowCommand implements Callable<Integer> {
    private static final String FILE = "_FILE";

    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ConfigShowCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        Settings settings = connections.settings();
        Console console = Console.of(spec.commandLine());
        if (json) {
            console.out().println(Json.pretty(json(settings)));
            return ExitCode.OK;
        }
        Table table = new Table(3, "setting", "from", "value");
        for (Setting setting : Setting.values()) {
            table.add(setting.names().get(0), from(setting, settings), settings.shown(setting));
        }
        table.print(console.out(), console);
        for (String variable : settings.unknownVariables()) {
            console.err().println("warning: " + variable + " is set, but there is no such setting");
        }
        return ExitCode.OK;
    }

    private static String from(Setting setting, Settings settings) {
        Optional<String> variable = settings.variable(setting);
        String source = source(setting, settings);
        return variable.isEmpty() || variable.get().equals(setting.names().get(0))
                ? source
                : source + " " + variable.get();
    }

    private static String source(Setting setting, Settings settings) {
        return settings.variable(setting)
                .map(variable -> variable.endsWith(FILE) ? "file" : "environment")
                .orElse(setting.defaultText().isPresent() ? "default" : "-");
    }

    private static JsonObject json(Settings settings) {
        JsonArray array = new JsonArray();
        for (Setting setting : Setting.values()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", setting.names().get(0));
            String source = source(setting, settings);
            if (!source.equals("-")) {
                one.addProperty("value", settings.shown(setting));
                one.addProperty("source", source);
            }
            settings.variable(setting).ifPresent(variable -> one.addProperty("variable", variable));
            one.addProperty("secret", setting.isSecret());
            one.addProperty("description", setting.description());
            array.add(one);
        }
        JsonArray unknown = new JsonArray();
        settings.unknownVariables().forEach(unknown::add);
        JsonObject json = new JsonObject();
        json.add("settings", array);
        json.add("unknown", unknown);
        return json;
    }
}
