package dev.transcode.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "webhook",
        description = "The webhooks of jobs that have ended.",
        footer = {"", "Example:", "  transcode webhook resend job_1732305600_ab12cd"})
final class WebhookCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Registered here, for it needs the connections. */
    static CommandLine with(Connections connections) {
        return new CommandLine(new WebhookCommand()).addSubcommand(new WebhookResendCommand(connections));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "there is no subcommand; there is: resend");
    }
}
