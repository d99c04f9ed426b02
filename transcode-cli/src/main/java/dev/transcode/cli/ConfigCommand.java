package dev.transcode.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = "Shows the settings.",
        footer = {"", "Example:", "  transcode config show"})
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Registered here, for it needs the connections. */
    static CommandLine with(Connections connections) {
        return new CommandLine(new ConfigCommand()).addSubcommand(new ConfigShowCommand(connections));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "there is no subcommand; there is: show");
    }
}
