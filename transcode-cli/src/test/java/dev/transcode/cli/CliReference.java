package dev.transcode.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands as docs/cli.md lists them, made of what {@code --help} is made of. */
final class CliReference {
    /** Every command has them: they are named once, in the text above. */
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--stacktrace");

    private CliReference() {}

    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        CommandLine root = Main.commandLine(new TestConnections(Map.of()));
        root.getSubcommands().values().forEach(command -> section(command.getCommandSpec(), lines));
        return lines;
    }

    private static void section(CommandSpec spec, List<String> lines) {
        if (spec.usageMessage().hidden()) {
            return;
        }
        if (spec.subcommands().isEmpty()) {
            lines.add("### " + spec.qualifiedName());
            lines.add("");
            lines.add(String.join(" ", spec.usageMessage().description()));
            lines.add("");
            lines.add("```");
            lines.add(synopsis(spec));
            lines.add("```");
            lines.add("");
            table(spec, lines);
        }
        spec.subcommands().values().forEach(sub -> section(sub.getCommandSpec(), lines));
    }

    private static String synopsis(CommandSpec spec) {
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        return help.synopsis(0)
                .replaceAll("\\s+", " ")
                .replace("[-hV] ", "")
                .replace("[--stacktrace] ", "")
                .strip();
    }

    private static void table(CommandSpec spec, List<String> lines) {
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            rows.add(row(code(parameter.paramLabel()), CommandText.description(parameter)));
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && Stream.of(option.names()).noneMatch(EVERYWHERE::contains)) {
                String names = Stream.of(option.names()).map(CliReference::code).collect(Collectors.joining(", "));
                String value = option.arity().max() == 0 ? "" : " " + code(option.paramLabel());
                rows.add(row(names + value, CommandText.description(option)));
            }
        }
        if (!rows.isEmpty()) {
            lines.add("| | |");
            lines.add("|---|---|");
            lines.addAll(rows);
            lines.add("");
        }
    }

    private static String row(String name, String text) {
        return "| " + name + " | " + text.replace("|", "\\|") + " |";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
