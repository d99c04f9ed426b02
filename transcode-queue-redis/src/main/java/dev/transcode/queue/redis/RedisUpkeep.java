package dev.transcode.queue.redis;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueUpkeep;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recovers what dead workers held, moves on what is due, and now and then looks for what fell between. */
final class RedisUpkeep implements QueueUpkeep {
    /** How many jobs of a kind one round moves: the server answers others in between. */
    private static final int LIMIT = 100;

    /** Losses of a worker that end the job. */
    private static final int LOSSES = FailureCode.WORKER_LOST.attempts();

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Redis redis;
    private final RedisServer server;
    private final List<Keys> queues;
    private final Duration lease;
    private final EndWebhook webhook;
    private final Audit audit;

    RedisUpkeep(Redis redis, RedisServer server, List<Keys> queues, Duration lease, EndWebhook webhook) {
        this.redis = redis;
        this.server = server;
        this.queues = queues;
        this.lease = lease;
        this.webhook = webhook;
        audit = new Audit(redis, lease);
    }

    @Override
    public synchronized Round round() {
        Instant now = redis.time(); // also tells whether the server is there
        if (server.steadyFor().compareTo(lease) < 0) {
            return Round.NOTHING;
        }
        Map<String, Integer> done = new HashMap<>();
        for (Keys queue : queues) {
            for (Lost lost : over(queue, now)) {
                done.merge(reap(queue, lost), 1, Integer::sum);
            }
            done.merge("swept", sweep(queue, now), Integer::sum);
            done.merge("promoted", promote(queue), Integer::sum);
            done.merge("healed", audit.look(queue), Integer::sum);
        }
        return new Round(
                done.getOrDefault("requeued", 0),
                done.getOrDefault("delayed", 0),
                done.getOrDefault("failed", 0),
                done.getOrDefault("cancelled", 0),
                done.getOrDefault("swept", 0),
                done.getOrDefault("promoted", 0),
                done.getOrDefault("healed", 0));
    }

    /** A job whose lease is over, and what its status says. */
    private record Lost(JobId id, Map<String, String> status) {
        long fence() {
            return StatusFields.number(status, JobFields.FENCE);
        }
    }

    /** The youngest claim first: the oldest is then the next to be taken. */
    private List<Lost> over(Keys queue, Instant now) {
        List<byte[]> ids = redis.call(
                "look for leases that are over in " + queue.list(),
                commands -> commands.zrangebyscore(
                        queue.leases(),
                        Range.create(Double.NEGATIVE_INFINITY, (double) now.toEpochMilli()),
                        Limit.create(0, LIMIT)));
        List<Lost> lost = new ArrayList<>();
        for (byte[] name : ids) {
            JobId id = new JobId(Reply.text(name));
            lost.add(new Lost(
                    id,
                    StatusFields.read(
                            redis, id, JobFields.ATTEMPT, JobFields.FENCE, JobFields.WORKER, JobFields.WEBHOOK_URL)));
        }
        lost.sort(Comparator.comparingLong(Lost::fence).reversed());
        return lost;
    }

    private String reap(Keys queue, Lost lost) {
        JobId id = lost.id();
        int attempt = (int) StatusFields.number(lost.status(), JobFields.ATTEMPT);
        Optional<String> ownUrl = Optional.ofNullable(lost.status().get(JobFields.WEBHOOK_URL));
        Failure failure = Failure.of(
                FailureCode.WORKER_LOST,
                "cannot finish job=" + id + " attempt=" + attempt + ": worker "
                        + lost.status().getOrDefault(JobFields.WORKER, "?") + " was lost");
        List<Object> reply = redis.run(
                "recover job=" + id,
                Script.REAP,
                queue.ofEnd(id, queue.list()),
                new Args()
                        .add(id.value())
                        .add(LOSSES)
                        .add(WAIT)
                        .add(webhook.call(id, attempt, ownUrl, new Outcome.Failed(failure, Map.of())))
                        .add(webhook.call(id, attempt, ownUrl, new Outcome.Cancelled(Map.of())))
                        .add(failure));
        return Reply.word(reply);
    }

    private int sweep(Keys queue, Instant now) {
        List<byte[]> silent = redis.call(
                "look for silent workers of " + queue.list(),
                commands -> commands.zrangebyscore(
                        queue.workers(),
                        Range.create(Double.NEGATIVE_INFINITY, (double)
                                now.minus(lease).toEpochMilli()),
                        Limit.create(0, LIMIT)));
        int swept = 0;
        for (byte[] worker : silent) {
            swept += Inboxes.sweep(redis, queue, Reply.text(worker), lease);
        }
        return swept;
    }

    private int promote(Keys queue) {
        List<Object> reply = redis.run(
                "promote what is due in " + queue.list(),
                Script.PROMOTE,
                new String[] {queue.delayed(), queue.list(), queue.payloads(), queue.leases(), Keys.EVENTS},
                new Args().add(LIMIT));
        return Reply.number(reply);
    }
}
