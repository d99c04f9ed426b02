package dev.transcode.cli.serve.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.transcode.job.JobJson;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Submission;
import dev.transcode.queue.SubmitResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/transcode/submit}. */
final class SubmitCall implements Call {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int FULL_SECONDS = 30;

    private final JobStore store;
    private final JobJson.Defaults defaults;
    private final List<String> queues;
    private final Clock clock;

    /** @param queues that may be submitted to; the first if a job names none */
    SubmitCall(JobStore store, JobJson.Defaults defaults, List<String> queues, Clock clock) {
        this.store = store;
        this.defaults = defaults;
        this.queues = List.copyOf(queues);
        this.clock = clock;
    }

    @Override
    public Reply answer(ApiRequest request) {
        String queue = queue(request.body());
        Submission submission = NewJob.read(request.body(), defaults, queue, key(request), clock);
        SubmitResult result = store.submit(submission);
        String id = result.id().value();
        return switch (result.kind()) {
            case QUEUED -> queued(id);
            case REPLAY -> queued(id).with("Idempotent-Replayed", "true");
            case EXISTS ->
                throw new ApiProblem(
                        409,
                        "job_exists",
                        "cannot submit job " + id + ": a job of this id is waiting or running",
                        "Wait for its end or leave out the id.");
            case CONFLICT ->
                throw new ApiProblem(
                        409,
                        "idempotency_conflict",
                        "cannot submit: the Idempotency-Key was used for another job",
                        "Send the same body again, or a new key.");
            case FULL ->
                throw new ApiProblem(
                                503,
                                "queue_full",
                                "cannot submit: queue " + queue + " holds as many jobs as it may",
                                "Wait until the workers have caught up.")
                        .retryAfter(FULL_SECONDS);
        };
    }

    private static Reply queued(String id) {
        JsonObject json = new JsonObject();
        json.addProperty("success", true);
        json.addProperty("jobId", id);
        json.addProperty("status", "queued");
        return Reply.json(200, json);
    }

    private String queue(String body) {
        @Nullable JsonElement name = Json.object(body).get("queue");
        if (name == null || name.isJsonNull()) {
            return queues.get(0);
        }
        String queue = name.isJsonPrimitive() ? name.getAsString() : "";
        if (!queues.contains(queue)) {
            throw Problems.invalid(
                    "cannot submit: queue is none of " + String.join(", ", queues),
                    "Name one of these, or leave queue out.");
        }
        return queue;
    }

    private static Optional<String> key(ApiRequest request) {
        Optional<String> key = request.header("idempotency-key");
        if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
            throw Problems.invalid(
                    "cannot use the Idempotency-Key: it is not 1 to 255 visible ASCII characters",
                    "Send a random UUID, for example.");
        }
        return key;
    }
}
