package dev.transcode.queue;

/** What became of a claim. */
public sealed interface Claim {
    /** The job is this worker's. */
    record Owned(Lease lease) implements Claim {}

    /** There is nothing to do: the payload has left the inbox. */
    record Dropped(Reason reason) implements Claim {}

    /** Why a payload was dropped. */
    enum Reason {
        /** It was no longer in the inbox: this worker had been taken for dead, and another has it. */
        GONE,
        /** The same job with the same payload is being processed; counted. */
        DUPLICATE_ACTIVE,
        /** The same job with the same payload waits for its next attempt; counted. */
        DUPLICATE_WAITING,
        /** The job was cancelled while it waited. */
        CANCELLED,
        /** A job of this id with another payload or from another queue is in progress; buried among the malformed. */
        CONFLICT,
        /** The job's status key holds something that is no status; buried among the malformed. */
        BAD_KEY
    }
}
