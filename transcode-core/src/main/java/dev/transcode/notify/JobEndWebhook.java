package dev.transcode.notify;

import dev.transcode.job.JobId;
import dev.transcode.job.WebhookUrl;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.Outcome;
import java.net.URI;
import java.util.Optional;

/** The webhook of a job's end: to the address the job names, else to the operator's, else none. */
public final class JobEndWebhook implements EndWebhook {
    private final Optional<URI> operatorUrl;

    /**
     * @param operatorUrl {@code WEBHOOK_URL}; empty for none
     * @throws IllegalArgumentException if it is no web address, with a sentence that does not repeat it
     */
    public JobEndWebhook(Optional<String> operatorUrl) {
        this.operatorUrl = operatorUrl.filter(url -> !url.isBlank()).map(JobEndWebhook::parse);
    }

    private static URI parse(String url) {
        try {
            return WebhookUrl.parse(url.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot use WEBHOOK_URL: it " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Call> call(JobId id, int attempt, Optional<String> ownUrl, Outcome outcome) {
        Optional<String> own = ownUrl.filter(url -> !url.isEmpty());
        Optional<String> url = own.or(() -> operatorUrl.map(URI::toString));
        String eventId = WebhookEvent.newId();
        return url.map(to -> new Call(eventId, to, own.isEmpty(), body(eventId, id, attempt, outcome)));
    }

    private static String body(String eventId, JobId id, int attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Complete complete) {
            return WebhookPayload.complete(eventId, id, attempt, complete.outputs());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return WebhookPayload.failed(eventId, id, attempt, failed.failure().message());
        }
        if (outcome instanceof Outcome.Cancelled) {
            return WebhookPayload.cancelled(eventId, id, attempt);
        }
        throw new IllegalArgumentException("a job that is retried has not ended: job=" + id);
    }
}
