package dev.transcode.queue;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import java.util.List;
import java.util.Optional;

/**
 * The side of who submits and looks. Thread-safe. Throws {@link QueueUnavailableException} while the server is away;
 * every method may then be called again.
 */
public interface JobStore extends AutoCloseable {
    /** Writes the job's status and queues it, in one step. An id whose job has ended starts a new generation. */
    SubmitResult submit(Submission submission);

    Optional<JobStatus> find(JobId id);

    /** Newest first. Jobs whose status is no longer kept are left out. */
    List<JobStatus> list(JobQuery query);

    CancelResult cancel(JobId id);

    /** Queues a failed or cancelled job again, as a new generation. */
    RetryResult retry(JobId id);

    /** The depth of each of {@code queues}, in that order. */
    List<QueueDepth> depths(List<String> queues);

    @Override
    void close();
}
