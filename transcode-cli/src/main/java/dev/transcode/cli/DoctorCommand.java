package dev.transcode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.cli.doctor.CheckLine;
import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.cli.doctor.Doctor;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description =
                "Checks this machine, its FFmpeg and the servers of its settings, or a package on the web; says what"
                        + " to do where something is wrong.",
        footer = {
            "",
            "Examples:",
            "  transcode doctor",
            "  transcode doctor --url https://example.com/film/master.m3u8",
            "",
            "Redis is only read. In the object store one small file is put below",
            "transcoded/, read and removed again. To the webhook a HEAD is sent, no event.",
            "All is told within 30 s, also where nothing answers.",
            "Exit codes: 0 nothing failed (there may be warnings), 1 something did."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Connections connections;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Check a package on the web instead: a master.m3u8, as players would load it.")
    private @Nullable String url;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private FfmpegOptions ffmpeg;

    DoctorCommand(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Integer call() {
        Console console = Console.of(spec.commandLine());
        DoctorPrinter printer = new DoctorPrinter(console);
        List<CheckLine> lines = doctor().run(json ? line -> {} : printer::print);
        boolean failed = lines.stream().anyMatch(line -> line.level() == Level.FAILED);
        if (json) {
            console.out().println(Json.pretty(json(lines, failed)));
        } else {
            printer.printSum(lines);
        }
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private Doctor doctor() {
        if (url != null) {
            return Doctor.ofPackage(address(url));
        }
        Settings settings;
        try {
            settings = connections.settings();
        } catch (SettingException e) {
            return Doctor.withoutSettings(ffmpeg::find, e);
        }
        return Doctor.ofMachine(ffmpeg::find, settings, connections::queueServer, connections::objectServer);
    }

    private URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && text.toLowerCase(Locale.ROOT).matches("https?://.*")) {
                return text.endsWith("/") ? address.resolve("master.m3u8") : address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ParameterException(
                spec.commandLine(),
                "cannot check " + text + ": it is no address such as https://example.com/master.m3u8");
    }

    private static JsonObject json(List<CheckLine> lines, boolean failed) {
        JsonArray checks = new JsonArray();
        for (CheckLine line : lines) {
            JsonObject check = new JsonObject();
            check.addProperty("area", line.area());
            check.addProperty("name", line.name());
            check.addProperty("level", line.level().wire());
            check.addProperty("seen", line.seen());
            if (!line.hint().isEmpty()) {
                check.addProperty("hint", line.hint());
            }
            checks.add(check);
        }
        JsonObject json = new JsonObject();
        json.addProperty("ok", !failed);
        json.add("checks", checks);
        return json;
    }
}
