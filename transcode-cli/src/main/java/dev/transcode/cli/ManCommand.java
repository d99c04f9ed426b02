package dev.transcode.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "man",
        description = "Prints a manual page, or writes all of them for man(1).",
        footer = {
            "",
            "Examples:",
            "  transcode man | man -l -                read the first page",
            "  transcode man config show | man -l -",
            "  transcode man -o ~/.local/share/man     then: man transcode-run"
        })
final class ManCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Whose page; none: the command's own.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Write all pages into DIR/man1, which is made.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        if (output == null) {
            spec.commandLine().getOut().print(new ManPage(chosen()).text());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        Path folder = Files.createDirectories(output.resolve("man1"));
        List<CommandSpec> all = new ArrayList<>();
        collect(spec.root(), all);
        for (CommandSpec one : all) {
            ManPage page = new ManPage(one);
            Files.writeString(folder.resolve(page.name() + ".1"), page.text());
        }
        spec.commandLine().getErr().println(all.size() + " pages in " + folder);
        return ExitCode.OK;
    }

    private CommandSpec chosen() {
        CommandSpec at = spec.root();
        for (String name : command) {
            CommandLine next = at.subcommands().get(name);
            if (next == null) {
                throw new ParameterException(
                        spec.commandLine(), "there is no command '" + String.join(" ", command) + "'");
            }
            at = next.getCommandSpec();
        }
        return at;
    }

    private static void collect(CommandSpec from, List<CommandSpec> all) {
        all.add(from);
        from.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), all));
    }
}
