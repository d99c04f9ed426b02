package dev.transcode.queue.redis;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.CancelResult;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.JobQuery;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.RetryResult;
import dev.transcode.queue.Submission;
import dev.transcode.queue.SubmitResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The side of who submits and looks: one script for each change. */
final class RedisJobStore implements JobStore {
    private static final Duration IDEMPOTENCY_KEPT = Duration.ofHours(24);

    private final Redis redis;
    private final EndWebhook webhook;
    private final int maxWaiting;
    private final Listing listing;
    private final Depths depths;

    /** @param maxWaiting from how many waiting payloads on the queue is full */
    RedisJobStore(Redis redis, Duration lease, EndWebhook webhook, int maxWaiting) {
        this.redis = redis;
        this.webhook = webhook;
        this.maxWaiting = maxWaiting;
        listing = new Listing(redis);
        depths = new Depths(redis, lease);
    }

    @Override
    public SubmitResult submit(Submission submission) {
        JobId id = submission.id();
        Keys queue = new Keys(submission.queue());
        Optional<String> key =
                submission.idempotencyKey().map(text -> Payload.of(text).sha256());
        List<Object> reply = redis.run(
                "submit job=" + id,
                Script.SUBMIT,
                new String[] {
                    Keys.job(id),
                    queue.list(),
                    queue.payloads(),
                    Keys.INDEX,
                    Keys.EVENTS,
                    queue.dead(),
                    queue.finished(),
                    key.map(Keys::idempotency).orElse(Keys.INDEX)
                },
                new Args()
                        .add(id.value())
                        .add(submission.queue())
                        .add(submission.payload().bytes())
                        .add(submission.payload().sha256())
                        .add(maxWaiting)
                        .add(key.isPresent())
                        .add(IDEMPOTENCY_KEPT.toSeconds())
                        .add(submission.facts()));
        String answer = Reply.word(reply);
        if (answer.equals("BADKEY")) {
            throw new IllegalStateException(
                    "cannot submit job=" + id + ": " + Keys.job(id) + " in Redis is no hash; remove it");
        }
        SubmitResult.Kind kind = SubmitResult.Kind.valueOf(answer);
        return new SubmitResult(kind, kind == SubmitResult.Kind.REPLAY ? new JobId(Reply.text(reply.get(1))) : id);
    }

    @Override
    public Optional<JobStatus> find(JobId id) {
        return listing.find(id);
    }

    @Override
    public List<JobStatus> list(JobQuery query) {
        return listing.list(query);
    }

    @Override
    public CancelResult cancel(JobId id) {
        while (true) {
            Map<String, String> known =
                    StatusFields.read(redis, id, JobFields.QUEUE, JobFields.ATTEMPT, JobFields.WEBHOOK_URL);
            Keys queue = queue(known);
            Optional<EndWebhook.Call> call = webhook.call(
                    id,
                    (int) StatusFields.number(known, JobFields.ATTEMPT),
                    Optional.ofNullable(known.get(JobFields.WEBHOOK_URL)),
                    new Outcome.Cancelled(Map.of()));
            String answer = Reply.word(redis.run(
                    "cancel job=" + id,
                    Script.CANCEL,
                    queue.ofEnd(id),
                    new Args().add(id.value()).add(queue.queue()).add(call)));
            if (!answer.equals("MOVED")) {
                return CancelResult.valueOf(answer);
            }
        }
    }

    @Override
    public RetryResult retry(JobId id) {
        while (true) {
            Keys queue = queue(StatusFields.read(redis, id, JobFields.QUEUE));
            String answer = Reply.word(redis.run(
                    "retry job=" + id,
                    Script.RETRY,
                    new String[] {
                        Keys.job(id),
                        queue.list(),
                        queue.payloads(),
                        Keys.INDEX,
                        Keys.EVENTS,
                        queue.dead(),
                        queue.finished()
                    },
                    new Args().add(id.value()).add(queue.queue())));
            if (!answer.equals("MOVED")) {
                return RetryResult.valueOf(answer);
            }
        }
    }

    private static Keys queue(Map<String, String> known) {
        return new Keys(known.getOrDefault(JobFields.QUEUE, Keys.DEFAULT_QUEUE));
    }

    @Override
    public List<QueueDepth> depths(List<String> queues) {
        return queues.stream().map(queue -> depths.of(new Keys(queue))).toList();
    }

    /** The connection is the backend's. */
    @Override
    public void close() {}
}
