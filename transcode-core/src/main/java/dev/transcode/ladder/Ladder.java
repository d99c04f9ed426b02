package dev.transcode.ladder;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the user wishes for: one to sixteen rungs, in the order given, with names unique without regard to case.
 *
 * @param rungs in the order given, which is the order of the outputs
 */
public record Ladder(List<Rung> rungs) {
    private static final int MAX_RUNGS = 16;

    public Ladder {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty() || rungs.size() > MAX_RUNGS) {
            throw new IllegalArgumentException("a ladder has 1 to " + MAX_RUNGS + " rungs: " + rungs.size());
        }
        Set<String> names = new HashSet<>();
        for (Rung rung : rungs) {
            if (!names.add(rung.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("rung name is used twice: '" + rung.name() + "'");
            }
        }
    }
}
