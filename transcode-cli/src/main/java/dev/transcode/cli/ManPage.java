package dev.transcode.cli;

import dev.transcode.internal.Version;
import dev.transcode.worker.Setting;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command, in the macros of man(7), made of what {@code --help} is made of: so neither can say what
 * the other does not.
 */
final class ManPage {
    private final CommandSpec spec;
    private final StringBuilder out = new StringBuilder(4_096);

    ManPage(CommandSpec spec) {
        this.spec = spec;
    }

    /** {@code transcode-config-show}. */
    String name() {
        return name(spec);
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    String text() {
        out.setLength(0);
        line(".TH " + name().toUpperCase(Locale.ROOT) + " 1 \"\" \"transcode " + Version.current()
                + "\" \"transcode manual\"");
        line(".ad l"); // no spaces stretched to fill a line
        String description = String.join(" ", spec.usageMessage().description());
        section("NAME");
        paragraph(name() + " - " + firstClause(description));
        section("SYNOPSIS");
        paragraph(synopsis());
        section("DESCRIPTION");
        paragraph(description);
        arguments();
        subcommands();
        if (spec.parent() == null) {
            environment();
        }
        notes(spec.usageMessage().footer());
        seeAlso();
        return out.toString();
    }

    private String synopsis() {
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        return help.synopsis(0).replaceAll("\\s+", " ").strip();
    }

    private void arguments() {
        section("OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                item(parameter.paramLabel(), CommandText.description(parameter));
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                item(CommandText.names(option), CommandText.description(option));
            }
        }
    }

    private void subcommands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandLine sub : spec.subcommands().values()) {
            CommandSpec one = sub.getCommandSpec();
            item(name(one) + "(1)", String.join(" ", one.usageMessage().description()));
        }
    }

    private void environment() {
        section("ENVIRONMENT");
        paragraph(
                "A secret may also come from a file: the variable with _FILE after its name holds the file's. Of several"
                        + " names the first that is set counts.");
        for (Setting setting : Setting.values()) {
            String usual = setting.defaultText()
                    .map(text -> " (default: " + text + ")")
                    .orElse("");
            item(String.join(", ", setting.names()), setting.description() + usual);
        }
    }

    /** As it stands: examples and tables. */
    private void notes(String... footer) {
        if (footer.length == 0) {
            return;
        }
        section("EXAMPLES AND NOTES");
        line(".nf");
        boolean begun = false;
        for (String text : footer) {
            begun = begun || !text.isBlank();
            if (begun) {
                line(escaped(text));
            }
        }
        line(".fi");
    }

    private void seeAlso() {
        CommandSpec parent = spec.parent();
        if (parent != null) {
            section("SEE ALSO");
            paragraph(name(parent) + "(1)");
        }
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void paragraph(String text) {
        line(escaped(text));
    }

    private void item(String term, String text) {
        line(".TP");
        line("\\fB" + escaped(term) + "\\fR");
        line(escaped(text));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** One sentence without its full stop, for whatis(1). */
    private static String firstClause(String description) {
        String first = description.split("[.:;](?: |$)", 2)[0];
        return first.isEmpty() ? first : first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    }

    /** Nothing in {@code text} is a macro, and its hyphens can be pasted into a shell. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
