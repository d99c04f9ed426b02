package dev.transcode.verify;

import dev.transcode.internal.Count;
import dev.transcode.verify.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Adds up what one check looked at and what it found. Not thread-safe. */
final class Tally {
    private final String check;
    private final String thing;
    private final List<Violation> violations = new ArrayList<>();
    private final TreeSet<String> skipped = new TreeSet<>();
    private int looked;

    /** @param thing what it looks at, e.g. {@code segment}; one more takes an s */
    Tally(String check, String thing) {
        this.check = check;
        this.thing = thing;
    }

    /** One more thing was looked at. */
    void looked() {
        looked++;
    }

    /** One more thing was looked at, and has to be {@code ok}. */
    void expect(boolean ok, String where, String expected, Object found) {
        looked++;
        if (!ok) {
            violate(where, expected, found);
        }
    }

    void violate(String where, String expected, Object found) {
        violations.add(new Violation(check, where, expected, String.valueOf(found)));
    }

    /** Takes over what was found while the package was read. */
    void add(Violation violation) {
        violations.add(violation);
    }

    /** Something could not be looked at because of {@code why}. */
    void skip(String why) {
        skipped.add(why);
    }

    CheckResult result() {
        String not = String.join("; ", skipped);
        if (!violations.isEmpty()) {
            return new CheckResult(check, Outcome.FAILED, violations.size() + " wrong", violations);
        }
        if (looked == 0) {
            String why = not.isEmpty() ? "there are no " + thing + "s" : not;
            return new CheckResult(check, Outcome.SKIPPED, why, List.of());
        }
        String detail = Count.of(looked, thing);
        return new CheckResult(check, Outcome.OK, not.isEmpty() ? detail : detail + "; not checked: " + not, List.of());
    }
}
