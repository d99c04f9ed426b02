package dev.transcode.storage;

import dev.transcode.job.JobId;
import dev.transcode.job.TranscodeException;
import java.util.Map;
import java.util.Optional;

/**
 * Who committed an output: stands in the metadata of its multivariant playlist, so that a recovered attempt knows that
 * nothing is left to do.
 *
 * @param generation which run of this job, counted from 1; a job pushed again after its end starts a new one
 * @param fence of the attempt: grows with every attempt of any generation
 */
public record CommitIdentity(JobId job, long generation, long fence) {
    private static final String JOB = "transcode-job";
    private static final String GENERATION = "transcode-generation";
    private static final String FENCE = "transcode-fence";

    /** Where this attempt puts its segments. */
    public RunDirectory run() {
        return RunDirectory.of(job, fence);
    }

    /** Whether both are the same work: the same job and generation, whichever attempt did it. */
    public boolean sameWork(CommitIdentity other) {
        return job.equals(other.job) && generation == other.generation;
    }

    /** As object metadata; {@link #from} reads it back. */
    Map<String, String> metadata() {
        return Map.of(JOB, job.value(), GENERATION, Long.toString(generation), FENCE, Long.toString(fence));
    }

    /** The identity in an object's metadata; empty if there is none or it is not ours. */
    static Optional<CommitIdentity> from(Map<String, String> metadata) {
        String job = metadata.get(JOB);
        String generation = metadata.get(GENERATION);
        String fence = metadata.get(FENCE);
        if (job == null || generation == null || fence == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CommitIdentity(new JobId(job), Long.parseLong(generation), Long.parseLong(fence)));
        } catch (NumberFormatException | TranscodeException e) {
            return Optional.empty();
        }
    }
}
