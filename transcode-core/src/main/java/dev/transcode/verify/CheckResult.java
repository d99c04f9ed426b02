package dev.transcode.verify;

import java.util.List;
import java.util.Locale;

/**
 * What one check said.
 *
 * @param check its name, e.g. {@code extinf}
 * @param detail what was looked at, or why nothing was
 * @param violations in the order they were found; empty unless it failed
 */
public record CheckResult(String check, Outcome outcome, String detail, List<Violation> violations) {
    public CheckResult {
        violations = List.copyOf(violations);
        if (violations.isEmpty() == (outcome == Outcome.FAILED)) {
            throw new IllegalArgumentException("a check fails by its violations and by nothing else: " + check);
        }
    }

    /** How a check ends. */
    public enum Outcome {
        OK,
        FAILED,
        /** There was nothing it could look at. */
        SKIPPED;

        /** The published word, e.g. {@code skipped}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
