package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.util.Optional;

/** Decides which webhook the end of a job causes. Pure: the queue writes its answer together with the job's end. */
@FunctionalInterface
public interface EndWebhook {
    EndWebhook NONE = (id, attempt, ownUrl, outcome) -> Optional.empty();

    /**
     * @param attempt the last one; 0 if there was none
     * @param ownUrl the webhook address that the job names
     * @param outcome never {@link Outcome.Retry}
     */
    Optional<Call> call(JobId id, int attempt, Optional<String> ownUrl, Outcome outcome);

    /**
     * @param eventId new for this end of this job
     * @param trusted whether the operator chose {@code url}
     * @param body the JSON to post
     */
    record Call(String eventId, String url, boolean trusted, String body) {}
}
