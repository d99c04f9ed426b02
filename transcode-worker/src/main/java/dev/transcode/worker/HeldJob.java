package dev.transcode.worker;

import dev.transcode.Attempt;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.Job;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.Beat;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Renewal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A job in this worker's hands: until when its lease is known to hold, what is to be told about it, and why it is
 * stopped, if it is. Thread-safe.
 *
 * <p>Until when it holds is counted on this machine's own monotonic clock, from the moment the last good heartbeat was
 * sent: whatever the network or another clock does, nobody else can have the job before that.
 */
final class HeldJob {
    /** News of one job are told at most this often. */
    private static final Duration NEWS = Duration.ofSeconds(1);

    private final Job job;
    private final Lease lease;
    private final Duration holds;
    private final LongSupplier nanoTime;
    private final Cancellation cancellation = new Cancellation();

    // All below guarded by this.
    private Fate fate = Fate.OWN;
    private long heldUntil;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private long newsFrom;
    private long stopAt = Long.MAX_VALUE;
    private Failure timeLimit = Failure.of(FailureCode.TIME_LIMIT, "");

    /** Whose decision the end of the attempt is. */
    enum Fate {
        /** The attempt's own: it completes or fails. */
        OWN,
        /** Somebody else has the job: nothing is to be written any more. */
        LOST,
        /** Somebody asked to cancel it. */
        CANCELLED,
        /** This worker stops: others shall do it. */
        GIVEN_BACK
    }

    /**
     * @param holds how long after a heartbeat was sent the lease is relied on; shorter than the lease
     * @param claimedAt when the claim was sent, of {@code nanoTime}
     */
    HeldJob(Job job, Lease lease, Duration holds, LongSupplier nanoTime, long claimedAt) {
        this.job = job;
        this.lease = lease;
        this.holds = holds;
        this.nanoTime = nanoTime;
        this.heldUntil = claimedAt + holds.toNanos();
        this.newsFrom = claimedAt;
        cancellation.onCancel(this::wakeWaiting);
    }

    Job job() {
        return job;
    }

    Lease lease() {
        return lease;
    }

    /** What core needs for the attempt: it publishes only while the lease holds, by {@code queue}'s last word. */
    Attempt attempt(JobQueue queue, Backoff backoff) {
        return new Attempt(lease.generation(), lease.fence(), new LeaseGate(this, queue, backoff), cancellation);
    }

    /** The clock it counts on, nanoseconds. */
    long now() {
        return nanoTime.getAsLong();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    synchronized Fate fate() {
        return fate;
    }

    /** The answer to a heartbeat or the gate that was sent at {@code sentAt}. */
    void renewed(Renewal renewal, long sentAt) {
        switch (renewal) {
            case OK -> hold(sentAt);
            case CANCEL -> {
                hold(sentAt);
                end(Fate.CANCELLED, Failure.of(FailureCode.CANCELLED, "cancelled on request"));
            }
            case LOST ->
                end(
                        Fate.LOST,
                        Failure.of(
                                FailureCode.WORKER_LOST,
                                "cannot go on: the lease was lost, another worker has the job"));
        }
    }

    /** Stops the attempt, for others to make it. */
    void giveBack() {
        end(Fate.GIVEN_BACK, Failure.of(FailureCode.CANCELLED, "given back: this worker stops"));
    }

    /** From now on the attempt may take {@code limit}. */
    synchronized void limit(Duration limit) {
        stopAt = nanoTime.getAsLong() + limit.toNanos();
        timeLimit = Failure.of(
                FailureCode.TIME_LIMIT, "cannot go on: the job took longer than " + limit.toMinutes() + " min");
    }

    /** Stops the attempt if it has taken too long. */
    void checkLimit() {
        Failure reason;
        synchronized (this) {
            if (nanoTime.getAsLong() < stopAt) {
                return;
            }
            reason = timeLimit;
        }
        cancellation.cancel(reason);
    }

    /** Waits until the lease is known to hold. */
    synchronized void awaitLease() {
        try {
            while (!cancellation.isCancelled() && nanoTime.getAsLong() >= heldUntil) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TranscodeException(FailureCode.CANCELLED, "interrupted while waiting for the lease", e);
        }
        cancellation.throwIfCancelled();
    }

    /** What is to be told with the next heartbeat, by the names of {@link dev.transcode.job.JobFields}. */
    synchronized void tell(Map<String, String> fields) {
        known.putAll(fields);
    }

    /** Whether there is something to tell, and it is time to. */
    synchronized boolean hasNews() {
        return nanoTime.getAsLong() >= newsFrom && !news().isEmpty();
    }

    /** The next heartbeat. */
    synchronized Beat beat() {
        return new Beat(lease, news());
    }

    /** {@code beat} has arrived. */
    synchronized void told(Beat beat) {
        told.putAll(beat.progress());
        newsFrom = nanoTime.getAsLong() + NEWS.toNanos();
    }

    private Map<String, String> news() {
        Map<String, String> news = new HashMap<>();
        known.forEach((field, value) -> {
            if (!value.equals(told.get(field))) {
                news.put(field, value);
            }
        });
        return news;
    }

    private synchronized void hold(long sentAt) {
        heldUntil = Math.max(heldUntil, sentAt + holds.toNanos());
        notifyAll();
    }

    private void end(Fate decided, Failure reason) {
        synchronized (this) {
            if (cancellation.isCancelled()) {
                return;
            }
            fate = decided;
        }
        cancellation.cancel(reason);
    }

    private synchronized void wakeWaiting() {
        notifyAll();
    }
}
