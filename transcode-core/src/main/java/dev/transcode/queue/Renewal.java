package dev.transcode.queue;

/** What a heartbeat or the gate says of a lease. */
public enum Renewal {
    /** Still this worker's, and extended. */
    OK,
    /** No longer this worker's: stop, and write nothing more. */
    LOST,
    /** Still this worker's, but somebody asked to cancel: stop and finish as cancelled. */
    CANCEL
}
