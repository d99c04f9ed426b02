package dev.transcode.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script that completes commands and options when Tab is pressed.",
        footer = {
            "",
            "Examples:",
            "  source <(transcode completion)           for this shell, bash",
            "  mkdir -p ~/.local/share/bash-completion/completions      for every bash",
            "  transcode completion > ~/.local/share/bash-completion/completions/transcode",
            "  source <(transcode completion zsh)       in ~/.zshrc, after compinit"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Both understand the same script: zsh by its bashcompinit, which the script switches on. */
    private enum Shell {
        BASH,
        ZSH;

        /** As it is typed, and completed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "bash or zsh (default: ${DEFAULT-VALUE}).")
    private Shell shell;

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        PrintWriter out = spec.commandLine().getOut();
        out.println(AutoComplete.bash(root.name(), root.commandLine()));
        out.println("# " + shell + " reads it with: source <(" + root.name() + " completion " + shell + ")");
        return ExitCode.OK;
    }
}
