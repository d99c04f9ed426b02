package dev.transcode.cli;

import com.google.gson.JsonObject;
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
        CommandException failure = CommandException.of(exception);
        if (command.getParseResult().hasMatchedOption("--json")) {
            JsonObject json = new JsonObject();
            json.addProperty("status", "failed");
            json.addProperty("error_code", failure.code());
            json.addProperty("error", failure.message());
            json.addProperty("hint", failure.hint());
            console.out().println(Json.pretty(json));
        } else {
            console.error(Format.plain(failure.message()) + " [" + failure.code() + "]");
            console.err().println("hint: " + Format.plain(failure.hint()));
        }
        return failure.exitCode();
    }

    /** The command line is wrong. */
    static int onUsage(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        Console.of(command).error(String.valueOf(exception.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("hint: See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }
}
