package dev.transcode.worker;

import java.util.List;

/**
 * How a worker is.
 *
 * @param alive whether its threads run; if not, only a restart helps
 * @param reasons why it takes no jobs now, clauses without secrets; empty if it does
 */
public record WorkerHealth(boolean alive, List<String> reasons) {
    public WorkerHealth {
        reasons = List.copyOf(reasons);
    }

    public boolean ready() {
        return alive && reasons.isEmpty();
    }
}
