package dev.transcode.cli;

import dev.transcode.JsonReports;
import dev.transcode.ladder.Profile;
import dev.transcode.ladder.Rung;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "profiles",
        description = "Lists the named ladders.",
        footer = {"", "Examples:", "  transcode profiles", "  transcode run film.mp4 -o out --profile mobile"})
final class ProfilesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(spec.commandLine());
        if (json) {
            console.out().println(JsonReports.of(Profile.all()));
            return ExitCode.OK;
        }
        Table table = new Table(2, "profile", "rung", "height", "video", "audio");
        for (Profile profile : Profile.all()) {
            String name = profile.name();
            for (Rung rung : profile.ladder().rungs()) {
                table.add(
                        name,
                        rung.name(),
                        Integer.toString(rung.height()),
                        rung.bitrate().toString(),
                        rung.audioBitrate().toString());
                name = "";
            }
        }
        table.print(console.out(), console);
        console.out().println();
        for (Profile profile : Profile.all()) {
            console.out().println(console.bold(profile.name()) + ": " + profile.description());
        }
        return ExitCode.OK;
    }
}
