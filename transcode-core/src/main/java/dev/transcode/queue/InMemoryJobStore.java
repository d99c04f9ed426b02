package dev.transcode.queue;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The side of who submits and looks at an {@link InMemoryBackend}. */
final class InMemoryJobStore implements JobStore {
    /** What a job keeps when it is retried by hand. */
    private static final List<String> KEPT =
            List.of(JobFields.QUEUE, JobFields.SHA, JobFields.WEBHOOK_URL, JobFields.SOURCE, JobFields.OUTPUT);

    private final MemoryState state;

    InMemoryJobStore(MemoryState state) {
        this.state = state;
    }

    @Override
    public SubmitResult submit(Submission submission) {
        return state.call(() -> {
            String sha = submission.payload().sha256();
            Optional<SubmitResult> before = submission
                    .idempotencyKey()
                    .flatMap(key -> state.keys.earlier(key, sha, submission.id(), state.now()));
            if (before.isPresent()) {
                return before.get();
            }
            JobId id = submission.id();
            MemoryJob known = state.jobs.get(id);
            if (known != null && !known.ended()) {
                return new SubmitResult(SubmitResult.Kind.EXISTS, id);
            }
            MemoryList list = state.list(submission.queue());
            if (list.waiting() >= state.maxWaiting) {
                return new SubmitResult(SubmitResult.Kind.FULL, id);
            }
            MemoryJob job = state.renew(id);
            job.fields.putAll(submission.facts());
            job.fields.put(JobFields.QUEUE, submission.queue());
            job.fields.put(JobFields.SHA, sha);
            state.requeue(job, submission.payload(), false);
            state.event(job, "queued");
            submission.idempotencyKey().ifPresent(key -> state.keys.put(key, sha, id, state.now()));
            return new SubmitResult(SubmitResult.Kind.QUEUED, id);
        });
    }

    @Override
    public Optional<JobStatus> find(JobId id) {
        return state.call(() -> Optional.ofNullable(state.jobs.get(id)).map(MemoryJob::status));
    }

    @Override
    public List<JobStatus> list(JobQuery query) {
        return state.call(() -> {
            List<MemoryJob> newestFirst = new ArrayList<>(state.jobs.values());
            Collections.reverse(newestFirst);
            boolean reached = query.before().isEmpty();
            int skip = query.skip();
            List<JobStatus> page = new ArrayList<>();
            for (MemoryJob job : newestFirst) {
                boolean fits = query.state().isEmpty() || query.state().get() == job.state();
                if (reached && fits && skip-- <= 0 && page.size() < query.size()) {
                    page.add(job.status());
                }
                reached |= query.before().isPresent() && query.before().get().equals(job.id);
            }
            return page;
        });
    }

    @Override
    public CancelResult cancel(JobId id) {
        return state.call(() -> {
            MemoryJob job = state.jobs.get(id);
            if (job == null) {
                return CancelResult.NOT_FOUND;
            }
            if (job.ended()) {
                return CancelResult.ENDED;
            }
            if (job.lease != null) {
                if (!job.cancelRequested()) {
                    job.fields.put(JobFields.CANCEL, "1");
                    state.event(job, "cancel_requested");
                }
                return CancelResult.REQUESTED;
            }
            if (job.due == null) {
                job.unwanted.merge(job.fields.getOrDefault(JobFields.SHA, ""), 1, Integer::sum);
            }
            state.end(job, new Outcome.Cancelled(Map.of()));
            return CancelResult.CANCELLED;
        });
    }

    @Override
    public RetryResult retry(JobId id) {
        return state.call(() -> {
            MemoryJob job = state.jobs.get(id);
            if (job == null) {
                return RetryResult.NOT_FOUND;
            }
            if (!job.ended()) {
                return RetryResult.NOT_ENDED;
            }
            if (job.state() == JobState.COMPLETE) {
                return RetryResult.COMPLETE;
            }
            @Nullable Payload payload = job.payload;
            if (payload == null) {
                return RetryResult.PAYLOAD_GONE;
            }
            MemoryJob again = state.renew(id);
            job.fields.keySet().retainAll(KEPT);
            again.fields.putAll(job.fields);
            state.requeue(again, payload, false);
            state.event(again, "queued");
            return RetryResult.QUEUED;
        });
    }

    @Override
    public List<QueueDepth> depths(List<String> queues) {
        return state.call(() -> queues.stream().map(this::depth).toList());
    }

    private QueueDepth depth(String queue) {
        Instant now = state.now();
        MemoryList list = state.list(queue);
        long running = 0;
        long delayed = 0;
        long dead = 0;
        for (MemoryJob job : state.jobsOf(List.of(queue))) {
            running += job.lease != null ? 1 : 0;
            delayed += job.due != null ? 1 : 0;
            dead += job.ended() && job.payload != null ? 1 : 0;
        }
        long workers = list.workers.values().stream()
                .filter(beat -> Duration.between(beat, now).compareTo(state.lease) < 0)
                .count();
        return new QueueDepth(
                queue, list.waiting(), running, delayed, dead, list.malformed(), workers, list.oldestAge(now));
    }

    /** Nothing to close: the store holds nothing of its own. */
    @Override
    public void close() {}
}
