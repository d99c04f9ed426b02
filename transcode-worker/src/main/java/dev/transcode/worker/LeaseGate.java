package dev.transcode.worker;

import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Renewal;
import dev.transcode.storage.PublishGate;

/**
 * Lets an attempt publish only while its lease holds. While that is not known (the queue's server is away), who wants to
 * put waits here; the encoder goes on.
 */
record LeaseGate(HeldJob held, JobQueue queue, Backoff backoff) implements PublishGate {
    @Override
    public void beforePut() {
        held.awaitLease();
    }

    @Override
    public void beforeCommit() {
        held.awaitLease();
        Renewal renewal = backoff.untilAnswered(
                "ask the gate for job=" + held.lease().id(), held.cancellation()::throwIfCancelled, () -> {
                    long sentAt = held.now();
                    Renewal answer = queue.gate(held.lease());
                    held.renewed(answer, sentAt);
                    return answer;
                });
        if (renewal != Renewal.OK) {
            held.cancellation().throwIfCancelled();
        }
    }
}
