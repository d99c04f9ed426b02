package dev.transcode.queue;

import dev.transcode.job.Job;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import java.util.Map;
import java.util.Optional;

/**
 * A job to be queued.
 *
 * @param queue name of the list
 * @param payload the contract's JSON of the job
 * @param facts status fields known already: source, output, webhook address
 * @param idempotencyKey a repeated submission with the same key and payload gives the first one's id
 */
public record Submission(
        JobId id, String queue, Payload payload, Map<String, String> facts, Optional<String> idempotencyKey) {
    public Submission {
        facts = Map.copyOf(facts);
    }

    /** @param payload {@code job} as JSON */
    public static Submission of(Job job, String queue, Payload payload, Optional<String> idempotencyKey) {
        return new Submission(job.id(), queue, payload, JobFields.of(job), idempotencyKey);
    }
}
