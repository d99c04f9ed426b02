package dev.transcode.cli.serve.api;

import com.google.gson.JsonObject;
import dev.transcode.job.JobId;
import dev.transcode.queue.JobStore;

/** The calls that change what becomes of a job. */
final class ActionCalls {
    private final JobStore store;

    ActionCalls(JobStore store) {
        this.store = store;
    }

    /** {@code POST /api/transcode/jobs/{id}/cancel}: 200 = it is cancelled, 202 = its worker will stop it. */
    Reply cancel(ApiRequest request) {
        JobId id = request.id();
        return switch (store.cancel(id)) {
            case CANCELLED -> answer(200, id, "cancelled");
            case REQUESTED -> answer(202, id, "processing");
            case ENDED ->
                throw new ApiProblem(
                        409,
                        "job_ended",
                        "cannot cancel job " + id + ": it has ended",
                        "Its status tells how; nothing is left to cancel.");
            case NOT_FOUND -> throw Problems.jobNotFound(id.value());
        };
    }

    /** {@code POST /api/transcode/jobs/{id}/retry}. */
    Reply retry(ApiRequest request) {
        JobId id = request.id();
        return switch (store.retry(id)) {
            case QUEUED -> answer(200, id, "queued");
            case NOT_ENDED ->
                throw new ApiProblem(
                        409,
                        "job_not_ended",
                        "cannot retry job " + id + ": it is waiting or running",
                        "Wait for its end, or cancel it first.");
            case COMPLETE ->
                throw new ApiProblem(
                        409,
                        "job_complete",
                        "cannot retry job " + id + ": it is complete",
                        "Submit it again if it is to run once more.");
            case PAYLOAD_GONE ->
                throw new ApiProblem(
                        409,
                        "payload_gone",
                        "cannot retry job " + id + ": what was submitted is no longer kept",
                        "Submit it again.");
            case NOT_FOUND -> throw Problems.jobNotFound(id.value());
        };
    }

    private static Reply answer(int status, JobId id, String state) {
        JsonObject json = new JsonObject();
        json.addProperty("success", true);
        json.addProperty("jobId", id.value());
        json.addProperty("status", state);
        return Reply.json(status, json);
    }
}
