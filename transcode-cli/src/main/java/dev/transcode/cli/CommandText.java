package dev.transcode.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What help says of an option, as plain text. */
final class CommandText {
    private CommandText() {}

    /** {@code -o, --output=DIR}. */
    static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    /** With its default in its place. */
    static String description(ArgSpec argument) {
        String usual = argument.defaultValueString();
        Iterable<String> candidates = argument.completionCandidates();
        return String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", usual == null ? "none" : usual)
                .replace("${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates))
                .replace("%%", "%");
    }
}
