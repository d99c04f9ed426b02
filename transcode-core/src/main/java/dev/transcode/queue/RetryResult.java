package dev.transcode.queue;

/** What became of a request to run a job again. */
public enum RetryResult {
    QUEUED,
    /** It is waiting or running. */
    NOT_ENDED,
    /** It completed: submit it again if it is to run once more. */
    COMPLETE,
    /** Its payload is no longer kept: submit it again. */
    PAYLOAD_GONE,
    NOT_FOUND
}
