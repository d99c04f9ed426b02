package dev.transcode.verify;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.verify.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What all checks said of a package.
 *
 * @param checks in the order they were made
 */
public record Verdict(List<CheckResult> checks) {
    public Verdict {
        checks = List.copyOf(checks);
    }

    /** Whether no check failed; one that was skipped did not. */
    public boolean isOk() {
        return count(Outcome.FAILED) == 0;
    }

    /** How many checks ended so. */
    public int count(Outcome outcome) {
        int count = 0;
        for (CheckResult check : checks) {
            count += check.outcome() == outcome ? 1 : 0;
        }
        return count;
    }

    /** What all checks found, in order. */
    public List<Violation> violations() {
        List<Violation> all = new ArrayList<>();
        for (CheckResult check : checks) {
            all.addAll(check.violations());
        }
        return all;
    }

    /** @throws TranscodeException {@code verify_failed}, naming the first violation and how many there are beside it */
    public void throwIfFailed() {
        List<Violation> all = violations();
        if (!all.isEmpty()) {
            String more = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
            throw new TranscodeException(FailureCode.VERIFY_FAILED, "cannot publish the output: " + all.get(0) + more);
        }
    }
}
