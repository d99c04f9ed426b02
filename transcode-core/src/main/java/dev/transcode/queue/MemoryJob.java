package dev.transcode.queue;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a job. Guarded by {@link MemoryState}'s lock. */
final class MemoryJob {
    final JobId id;

    /** The status as published, by the names of {@link JobFields}. */
    final Map<String, String> fields = new HashMap<>();

    /** While the job is processing: its lease and when it ends. */
    @Nullable
    Lease lease;

    @Nullable
    Instant leaseEnd;

    /** While the job waits for its next attempt. */
    @Nullable
    Instant due;

    /** While the job is processing, delayed, or ended and may be retried; otherwise it stands in the list. */
    @Nullable
    Payload payload;

    /** Of the attempt that finished last: a repeated finish is known by it. */
    @Nullable
    String lastToken;

    /**
     * SHA-256 of the copy in the list that is not wanted any more, or empty where that is not known: the job was
     * cancelled while it waited.
     */
    @Nullable
    String unwanted;

    MemoryJob(JobId id) {
        this.id = id;
    }

    JobState state() {
        return JobState.fromWire(fields.getOrDefault(JobFields.STATUS, "")).orElse(JobState.QUEUED);
    }

    JobStatus status() {
        return JobStatus.of(id, fields);
    }

    boolean ended() {
        return lease == null && state().ended();
    }

    /** Whether {@code sha} or {@code queue} says that another job of this id is known already. */
    boolean differs(String sha, String queue) {
        return !sha.equals(fields.getOrDefault(JobFields.SHA, sha))
                || !queue.equals(fields.getOrDefault(JobFields.QUEUE, queue));
    }

    boolean holds(Lease claimed) {
        return lease != null && lease.token().equals(claimed.token());
    }

    boolean cancelRequested() {
        return "1".equals(fields.get(JobFields.CANCEL));
    }

    int number(String field) {
        try {
            return Integer.parseInt(fields.getOrDefault(field, "0"));
        } catch (NumberFormatException e) {
            return 0; // written by a stranger
        }
    }

    void increment(String field) {
        fields.put(field, String.valueOf(number(field) + 1));
    }

    /** The lease ends here, whatever follows. */
    void dropLease() {
        lease = null;
        leaseEnd = null;
        fields.remove(JobFields.WORKER);
        fields.remove(JobFields.STAGE);
        fields.remove(JobFields.SPEED);
        fields.remove(JobFields.ETA);
    }
}
