package dev.transcode.queue;

import dev.transcode.job.Failure;
import dev.transcode.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One worker's side of the queue: take, claim, keep alive, end. An instance belongs to one worker process, which has a
 * name of its own, takes from one or several lists in strict priority, and holds each lease for the queue's lease time
 * after its last heartbeat.
 *
 * <p>Thread-safe; {@link #take} is for one thread at a time. Everything but {@code take} may be repeated with the same
 * arguments after a lost reply and then changes nothing more. Every method throws {@link QueueUnavailableException}
 * while the server is away or refuses to write; nothing is lost by calling again. {@link QueueRefusedException}: only a
 * change of settings helps.
 */
public interface JobQueue extends AutoCloseable {
    /**
     * Moves the next payload into this worker's inbox: what is still there from a take whose reply was lost, then the
     * lists in their order, waiting at most {@code wait}. Registers this worker if that was not done.
     */
    Optional<Taken> take(Duration wait);

    /**
     * Makes the job this worker's. A payload pushed again after the job's end starts a new generation.
     *
     * @param id read from the payload
     */
    Claim claim(Taken taken, JobId id);

    /**
     * Puts a payload that is no job away, where people can look at it.
     *
     * @param id if one could be read: its job then becomes failed, unless it is in progress
     */
    void bury(Taken taken, Optional<JobId> id, Failure why);

    /**
     * Says that this worker lives and extends its leases, also those that are over but that nobody else has recovered.
     *
     * @param held may be empty
     * @return one for each of {@code held}, in its order
     */
    List<Renewal> heartbeat(List<Beat> held);

    /** The last check before an output becomes visible; extends the lease. */
    Renewal gate(Lease lease);

    /** Ends the attempt; the webhook's entry in the {@link Outbox} is written in the same step. */
    FinishResult finish(Lease lease, Outcome outcome);

    /**
     * Gives the job back to be the next one taken, the attempt not counted.
     *
     * @return false if the lease was no longer this worker's
     */
    boolean release(Lease lease);

    /** Gives back what is in the inbox and takes this worker off the list; leases stay until they are over. */
    @Override
    void close();
}
