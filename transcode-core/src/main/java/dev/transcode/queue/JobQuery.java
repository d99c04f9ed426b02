package dev.transcode.queue;

import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import java.util.Optional;

/**
 * Which jobs to list, newest first.
 *
 * @param state only those; empty = all
 * @param skip how many to leave out, before {@code size} are given
 * @param size 1 to 1,000
 * @param before only those created before this job; empty = from the newest
 */
public record JobQuery(Optional<JobState> state, int skip, int size, Optional<JobId> before) {
    public JobQuery {
        if (skip < 0 || size < 1 || size > 1_000) {
            throw new IllegalArgumentException(
                    "a page has 1 to 1,000 jobs and skips none or some: " + skip + ", " + size);
        }
    }
}
