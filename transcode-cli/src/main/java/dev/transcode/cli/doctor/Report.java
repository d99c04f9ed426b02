package dev.transcode.cli.doctor;

import dev.transcode.cli.doctor.CheckLine.Level;
import java.util.ArrayList;
import java.util.List;

/** Collects the lines of one area, in their order. What comes after {@link #close} is dropped. Thread-safe. */
final class Report {
    private final String area;
    private final List<CheckLine> lines = new ArrayList<>();
    private boolean closed;

    Report(String area) {
        this.area = area;
    }

    void ok(String name, String seen) {
        add(name, Level.OK, seen, "");
    }

    void warning(String name, String seen, String hint) {
        add(name, Level.WARNING, seen, hint);
    }

    void failed(String name, String seen, String hint) {
        add(name, Level.FAILED, seen, hint);
    }

    void skipped(String name, String seen, String hint) {
        add(name, Level.SKIPPED, seen, hint);
    }

    synchronized void add(String name, Level level, String seen, String hint) {
        if (!closed) {
            lines.add(new CheckLine(area, name, level, seen, hint));
        }
    }

    /** All lines; later ones come too late. */
    synchronized List<CheckLine> close() {
        closed = true;
        return List.copyOf(lines);
    }
}
