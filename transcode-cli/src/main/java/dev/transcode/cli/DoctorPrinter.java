package dev.transcode.cli;

import dev.transcode.cli.doctor.CheckLine;
import dev.transcode.cli.doctor.CheckLine.Level;
import dev.transcode.internal.Count;
import java.util.ArrayList;
import java.util.List;

/** Prints doctor's lines: level, name and what was seen in columns, the hint below. On a terminal they are folded. */
final class DoctorPrinter {
    private static final int LEVEL = 9;
    private static final int NAME = 19;
    private static final int WIDEST = 110;

    private final Console console;
    private final int width;

    DoctorPrinter(Console console) {
        this(console, console.isOutLive() ? Math.min(TerminalSize.now().columns(), WIDEST) : Integer.MAX_VALUE);
    }

    /** @param columns a line may have */
    DoctorPrinter(Console console, int columns) {
        this.console = console;
        this.width = Math.max(30, columns - LEVEL - NAME);
    }

    void print(CheckLine line) {
        String word = line.level().wire();
        String colored = switch (line.level()) {
            case OK -> console.green(word);
            case WARNING -> console.yellow(word);
            case FAILED -> console.red(word);
            case SKIPPED -> word;
        };
        String start = colored + " ".repeat(LEVEL - word.length()) + pad(line.name());
        for (String part : fold(line.seen(), width)) {
            console.out().println(start + part);
            start = " ".repeat(LEVEL + NAME);
        }
        if (!line.hint().isEmpty()) {
            start = " ".repeat(LEVEL + NAME) + "-> ";
            for (String part : fold(line.hint(), width - 3)) {
                console.out().println(start + part);
                start = " ".repeat(LEVEL + NAME + 3);
            }
        }
    }

    /** The last line. */
    void printSum(List<CheckLine> lines) {
        long failed = count(lines, Level.FAILED);
        long warnings = count(lines, Level.WARNING);
        String word = failed > 0 ? console.red("bad") : warnings > 0 ? console.yellow("good") : console.green("good");
        console.out()
                .println(word + ": " + count(lines, Level.OK) + " ok, " + Count.of(warnings, "warning") + ", " + failed
                        + " failed, " + count(lines, Level.SKIPPED) + " skipped");
    }

    private static long count(List<CheckLine> lines, Level level) {
        return lines.stream().filter(line -> line.level() == level).count();
    }

    private static String pad(String name) {
        return name + " ".repeat(Math.max(1, NAME - name.length()));
    }

    /** At spaces; a word that is longer than a line stays whole, so that it can be copied. */
    static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
