package dev.transcode.worker;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures in a row that are this worker's own: its credentials are refused, its disk is full, its FFmpeg is
 * gone. At the fifth it takes no more jobs until its checks say that all is well; so one broken worker does not fail the
 * whole backlog. Thread-safe.
 */
final class OwnTrouble {
    private static final Logger log = LoggerFactory.getLogger(OwnTrouble.class);
    private static final int LIMIT = 5;
    private static final Set<FailureCode> OWN =
            Set.of(FailureCode.S3_AUTH, FailureCode.DISK_FULL, FailureCode.FFMPEG_MISSING, FailureCode.IO_ERROR);

    private final List<SelfCheck> checks;
    private int inRow;
    private @Nullable String reason;

    OwnTrouble(List<SelfCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /** An attempt ended, other than by a failure. */
    synchronized void fine() {
        inRow = 0;
    }

    /**
     * An attempt failed.
     *
     * @return whether the job is to be given back, because it is likely this worker's fault
     */
    synchronized boolean failed(Failure failure) {
        if (!OWN.contains(failure.code())) {
            inRow = 0;
            return false;
        }
        if (++inRow < LIMIT && reason == null) {
            return false;
        }
        if (reason == null) {
            log.error("Taking no more jobs: {} failures in a row of this worker's own: {}", inRow, failure.message());
        }
        reason = inRow + " failures in a row of this worker's own, the last: " + failure.message();
        return true;
    }

    /** Why no job is taken; empty if they are. */
    synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Checks again, if jobs are not taken now. If all is well they are, and what was given back is taken for the job's
     * own fault if it fails again: else a job that nobody can do would be passed on for ever.
     */
    void recheck() {
        if (reason().isEmpty()) {
            return;
        }
        Optional<String> problem = problem();
        synchronized (this) {
            if (problem.isEmpty()) {
                log.info("Taking jobs again: the worker's own checks found nothing wrong");
                reason = null;
                inRow = 0;
            } else {
                log.warn("Still taking no jobs: {}", problem.get());
                reason = problem.get();
            }
        }
    }

    private Optional<String> problem() {
        for (SelfCheck check : checks) {
            Optional<String> problem = check.problem();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }
}
