package dev.transcode;

import dev.transcode.job.Cancellation;
import dev.transcode.storage.PublishGate;
import java.time.Clock;

/**
 * One try at a job: what a queue's lease adds to it.
 *
 * @param generation which run of this job; a job pushed again after its end starts a new one
 * @param fence grows with every attempt; names the run directory, so that nothing being played is overwritten
 * @param gate asked before anything is put
 * @param cancellation stops the attempt
 */
public record Attempt(long generation, long fence, PublishGate gate, Cancellation cancellation) {
    /** For a run without a queue: numbered by the clock, free to publish. */
    public static Attempt unqueued(Clock clock, Cancellation cancellation) {
        long now = clock.millis();
        return new Attempt(now, now, PublishGate.OPEN, cancellation);
    }
}
