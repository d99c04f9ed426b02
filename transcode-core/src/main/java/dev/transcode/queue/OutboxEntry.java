package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Instant;

/**
 * A webhook to be delivered.
 *
 * @param eventId stays the same over all tries
 * @param url where to
 * @param trusted whether the operator chose {@code url}, not the job
 * @param body the JSON to post, byte for byte
 * @param tries so far
 * @param createdAt when the job ended
 */
public record OutboxEntry(
        String eventId, JobId job, String url, boolean trusted, String body, int tries, Instant createdAt) {
    /** Without the query, which may hold a token. */
    @Override
    public String toString() {
        return "webhook " + eventId + " of job " + job;
    }
}
