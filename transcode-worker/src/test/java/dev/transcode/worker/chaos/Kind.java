package dev.transcode.worker.chaos;

import dev.transcode.job.FailureCode;
import java.util.Locale;
import java.util.Optional;

/** What a job of a run does; its id begins with it. */
enum Kind {
    /** Completes. */
    GOOD(null),
    /** Fails at its first attempt for a reason that passes, then completes. */
    FLAKY(null),
    /** Fails for good at once. */
    BROKEN(FailureCode.BAD_INPUT),
    /** Fails at every attempt, for a reason that might pass. */
    HOPELESS(FailureCode.RESET),
    /** Kills each worker that tries it. */
    POISON(FailureCode.WORKER_LOST);

    private final Optional<FailureCode> failure;

    Kind(FailureCode failure) {
        this.failure = Optional.ofNullable(failure);
    }

    /** How it ends; empty = it completes. */
    Optional<FailureCode> failure() {
        return failure;
    }

    String id(int number) {
        return String.format(Locale.ROOT, "%s_%06d", name().toLowerCase(Locale.ROOT), number);
    }

    static Kind of(String id) {
        return valueOf(id.substring(0, id.indexOf('_')).toUpperCase(Locale.ROOT));
    }
}
