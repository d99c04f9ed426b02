package dev.transcode.queue;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

    /** As queued or claimed; until the job is complete. */
    @Nullable
    Payload payload;

    /** What a holder that repeats its finish or release is known by. */
    @Nullable
    String lastToken;

    /** Copies in the list that are not wanted any more, by SHA-256, or by "" where that is not known. */
    final Map<String, Integer> unwanted = new HashMap<>();

    /** Whether the gate has let this attempt through. */
    boolean gated;

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

    /** Whether this is in progress or waits, as another payload or in another queue. */
    boolean conflictsWith(String sha, String queue) {
        String known = fields.get(JobFields.SHA);
        return known != null
                && (lease != null || state() == JobState.QUEUED)
                && !(known.equals(sha) && queue.equals(fields.getOrDefault(JobFields.QUEUE, queue)));
    }

    /** Takes one copy off those that are not wanted. */
    boolean dropCopy(String sha) {
        for (String copy : List.of(sha, "")) {
            if (unwanted.containsKey(copy)) {
                unwanted.computeIfPresent(copy, (key, count) -> count > 1 ? count - 1 : null);
                return true;
            }
        }
        return false;
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
        gated = false;
        fields.keySet().removeAll(List.of(JobFields.SPEED, JobFields.ETA));
    }
}
