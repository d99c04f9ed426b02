package dev.transcode.queue;

import dev.transcode.job.JobId;

/**
 * What became of a submission.
 *
 * @param id of the job; of the earlier one after a {@link Kind#REPLAY}
 */
public record SubmitResult(Kind kind, JobId id) {
    /** What happened. */
    public enum Kind {
        QUEUED,
        /** Submitted before under this idempotency key; nothing was queued. */
        REPLAY,
        /** A job of this id exists and has not ended; nothing was queued. */
        EXISTS,
        /** The idempotency key was used for another payload; nothing was queued. */
        CONFLICT,
        /** The queue holds as many as it may; nothing was queued. */
        FULL
    }
}
