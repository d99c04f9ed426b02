package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a job.
 *
 * @param position of the event, for reading on after it
 * @param type e.g. {@code queued}, {@code claimed}, {@code progress}, {@code complete}; see docs/redis-keys.md
 * @param fields what else is known: attempt, fence, worker, stage, progress, speed, eta_seconds, error_code
 */
public record JobEvent(String position, Instant at, String type, JobId job, Map<String, String> fields) {
    public JobEvent {
        fields = Map.copyOf(fields);
    }
}
