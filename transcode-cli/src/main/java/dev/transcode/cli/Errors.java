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
        Console.of(command).error(sentence(exception));
        if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("hint: See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /** What picocli says, but of a command that does not exist, and of options that exclude each other. */
    private static String sentence(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            return "there is no command '" + command.getCommandSpec().qualifiedName() + " "
                    + unmatched.getUnmatched().get(0) + "'";
        }
        return String.valueOf(exception.getMessage()).replaceFirst("^Error: ", "");
    }
}
