package dev.transcode.cli;

import dev.transcode.JsonReports;
import dev.transcode.job.Failure;
import dev.transcode.job.TranscodeException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How every command fails: code, sentence, hint; a stack trace only with {@code --stacktrace}. */
final class Errors {
    private Errors() {}

    /** A command threw. */
    static int onException(Exception exception, CommandLine command, ParseResult parsed) throws Exception {
        Console console = Console.of(command);
        Main main = command.getCommandSpec().root().commandLine().getCommand();
        if (main.printsStackTraces()) {
            exception.printStackTrace(console.err());
        }
        if (!(exception instanceof TranscodeException failed)) {
            console.err().println(console.red("error") + ": " + exception);
            console.err().println("hint: This is a bug in transcode: run it again with --stacktrace and report it.");
            return ExitCode.FAILED;
        }
        Failure failure = failed.failure();
        if (command.getParseResult().hasMatchedOption("--json")) {
            console.out().println(JsonReports.of(failure));
        } else {
            console.err()
                    .println(console.red("error") + ": " + failure.message() + " ["
                            + failure.code().wire() + "]");
            console.err().println("hint: " + failure.hint());
        }
        return ExitCode.of(failure.code());
    }

    /** The command line is wrong. */
    static int onUsage(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(Console.of(command).red("error") + ": " + exception.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("hint: See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }
}
