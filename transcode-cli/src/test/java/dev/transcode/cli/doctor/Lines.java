package dev.transcode.cli.doctor;

import dev.transcode.cli.doctor.CheckLine.Level;
import java.util.List;
import java.util.function.Consumer;

/** Lines of a check, for tests. */
final class Lines {
    private Lines() {}

    static List<CheckLine> of(Consumer<Report> check) {
        Report report = new Report("test");
        check.accept(report);
        return report.close();
    }

    /** The only line. */
    static CheckLine one(Consumer<Report> check) {
        List<CheckLine> lines = of(check);
        if (lines.size() != 1) {
            throw new AssertionError("not one line: " + lines);
        }
        return lines.get(0);
    }

    static Level level(List<CheckLine> lines, String name) {
        return named(lines, name).level();
    }

    /** The worst line of that name. */
    static CheckLine named(List<CheckLine> lines, String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .max((a, b) -> Integer.compare(rank(a), rank(b)))
                .orElseThrow(() -> new AssertionError("no line '" + name + "' in " + lines));
    }

    private static int rank(CheckLine line) {
        return List.of(Level.SKIPPED, Level.OK, Level.WARNING, Level.FAILED).indexOf(line.level());
    }
}
