package dev.transcode.cli.serve.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.internal.Count;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.JobQuery;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Outbox;
import java.util.List;
import java.util.Optional;

/** The calls that look at jobs. */
final class JobCalls {
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_SIZE = 1_000;
    private static final int SIZE = 20;

    private final JobStore store;
    private final Outbox outbox;

    JobCalls(JobStore store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    /** {@code GET /api/transcode/status/{id}}. */
    Reply status(ApiRequest request) {
        return Reply.json(200, JobView.status(find(request.id())));
    }

    /** {@code GET /api/transcode/jobs/{id}}. */
    Reply job(ApiRequest request) {
        return Reply.json(200, everything(find(request.id())));
    }

    /** All that is known of it, and what became of its webhook. */
    JsonObject everything(JobStatus job) {
        JsonObject json = JobView.full(job);
        List<String> deliveries = outbox.log(job.id());
        if (!deliveries.isEmpty()) {
            JsonArray log = new JsonArray();
            deliveries.forEach(log::add);
            json.add("webhookLog", log);
        }
        return json;
    }

    /** {@code GET /api/transcode/jobs}: newest first. */
    Reply list(ApiRequest request) {
        int page = request.number("page", 0, MAX_PAGE, 0);
        int size = request.number("size", 1, MAX_SIZE, SIZE);
        List<JobStatus> found = store.list(new JobQuery(state(request), skip(page, size), size, before(request)));
        JsonArray jobs = new JsonArray();
        for (JobStatus job : found) {
            jobs.add(JobView.entry(job));
        }
        JsonObject json = new JsonObject();
        json.add("jobs", jobs);
        json.addProperty("page", page);
        json.addProperty("size", size);
        json.addProperty(
                "next", found.size() < size ? null : found.get(size - 1).id().value());
        return Reply.json(200, json);
    }

    /** @throws ApiProblem 404 */
    JobStatus find(JobId id) {
        return store.find(id).orElseThrow(() -> Problems.jobNotFound(id.value()));
    }

    private static int skip(int page, int size) {
        long skip = (long) page * size;
        if (skip > Integer.MAX_VALUE) {
            throw Problems.invalid(
                    "cannot list page " + page + " of " + Count.of(size, "job") + ": there are not so many",
                    "Go on from the last page's next with before=.");
        }
        return (int) skip;
    }

    private static Optional<JobState> state(ApiRequest request) {
        Optional<String> word = request.query("status");
        Optional<JobState> state = word.flatMap(JobState::fromWire);
        if (word.isPresent() && state.isEmpty()) {
            throw Problems.invalid(
                    "cannot list jobs: status is none of queued, processing, complete, failed, cancelled",
                    "Correct status or leave it out.");
        }
        return state;
    }

    private static Optional<JobId> before(ApiRequest request) {
        try {
            return request.query("before").map(JobId::new);
        } catch (TranscodeException e) {
            throw Problems.invalid("cannot list jobs: before is no job id", "Use the last page's next.");
        }
    }
}
