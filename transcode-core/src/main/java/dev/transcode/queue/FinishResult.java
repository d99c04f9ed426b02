package dev.transcode.queue;

/** What became of the end of an attempt. */
public enum FinishResult {
    /** Recorded. */
    DONE,
    /** Recorded before, by this very attempt: its first reply was lost. */
    ALREADY,
    /** The lease was no longer this worker's; nothing was written. */
    LOST
}
