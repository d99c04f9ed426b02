package dev.transcode.notify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import java.util.List;

/**
 * The JSON of the wire contract that tells the end of a job. {@code event_id} is the {@code webhook-id}; {@code attempt}
 * is the job's last one, 0 if it ended before its first. It does not count deliveries: the body stays the same over all
 * tries.
 */
public final class WebhookPayload {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private WebhookPayload() {}

    /** {@code {"job_id", "status": "complete", "outputs": [{"profile", "key"}, ...], "event_id", "attempt"}}. */
    public static String complete(String eventId, JobId job, int attempt, List<JobOutput> outputs) {
        JsonObject json = ended(job, JobState.COMPLETE);
        json.add("outputs", JsonParser.parseString(JobStatus.outputsJson(outputs)));
        return finished(json, eventId, attempt);
    }

    /** {@code {"job_id", "status": "failed", "error", "event_id", "attempt"}}. */
    public static String failed(String eventId, JobId job, int attempt, String error) {
        JsonObject json = ended(job, JobState.FAILED);
        json.addProperty("error", error);
        return finished(json, eventId, attempt);
    }

    /** {@code {"job_id", "status": "cancelled", "event_id", "attempt"}}. */
    public static String cancelled(String eventId, JobId job, int attempt) {
        return finished(ended(job, JobState.CANCELLED), eventId, attempt);
    }

    private static JsonObject ended(JobId job, JobState state) {
        JsonObject json = new JsonObject();
        json.addProperty("job_id", job.value());
        json.addProperty("status", state.wire());
        return json;
    }

    private static String finished(JsonObject json, String eventId, int attempt) {
        json.addProperty("event_id", eventId);
        json.addProperty("attempt", attempt);
        return GSON.toJson(json);
    }
}
