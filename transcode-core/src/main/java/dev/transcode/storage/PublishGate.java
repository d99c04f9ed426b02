package dev.transcode.storage;

/**
 * Asked before anything becomes visible, so that a worker that lost its lease publishes nothing. Thread-safe.
 */
public interface PublishGate {
    /** Always open: for a run without a queue. */
    PublishGate OPEN = new PublishGate() {};

    /**
     * Asked before each single put.
     *
     * @throws dev.transcode.job.TranscodeException if this run may write no more
     */
    default void beforePut() {}

    /**
     * Asked once, after all segments are up and before the fixed names and the multivariant playlist are put.
     *
     * @throws dev.transcode.job.TranscodeException if this run may not publish
     */
    default void beforeCommit() {}
}
