package dev.transcode.queue;

/** What became of a request to cancel. */
public enum CancelResult {
    /** It was waiting and is cancelled now. */
    CANCELLED,
    /** It is running; its worker will stop it at its next heartbeat. */
    REQUESTED,
    /** It had ended before. */
    ENDED,
    /** No such job is known; one that was only pushed and not yet claimed is not. */
    NOT_FOUND
}
