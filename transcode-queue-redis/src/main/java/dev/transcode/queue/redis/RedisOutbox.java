package dev.transcode.queue.redis;

import dev.transcode.job.JobId;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.OutboxEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks to be delivered, of all queues: a set of event ids by due time, and a hash for each. */
final class RedisOutbox implements Outbox {
    private static final int LOG_LINES = 20;

    /** A settled webhook can be sent again that long. */
    private static final Duration SETTLED_KEPT = Duration.ofDays(7);

    private static final Duration LOG_KEPT = Duration.ofDays(30);

    private final Redis redis;

    RedisOutbox(Redis redis) {
        this.redis = redis;
    }

    @Override
    public List<OutboxEntry> due(int limit, Duration hold) {
        List<Object> reply = redis.run(
                "look for due webhooks",
                Script.OUTBOX_DUE,
                new String[] {Keys.OUTBOX},
                new Args().add(limit).add(hold));
        return reply.stream().map(entry -> entry(Reply.list(entry))).toList();
    }

    @Override
    public void settle(OutboxEntry entry, String log) {
        result(entry, -1, log);
    }

    @Override
    public void again(OutboxEntry entry, Duration delay, String log) {
        result(entry, Math.max(0, delay.toMillis()), log);
    }

    private void result(OutboxEntry entry, long delayMillis, String log) {
        redis.run(
                "note the try of webhook " + entry.eventId(),
                Script.OUTBOX_RESULT,
                new String[] {Keys.OUTBOX, Keys.outboxEntry(entry.eventId()), Keys.outboxLog(entry.job())},
                new Args()
                        .add(entry.eventId())
                        .add(entry.tries())
                        .add(delayMillis)
                        .add(log)
                        .add(LOG_LINES)
                        .add(SETTLED_KEPT.toSeconds())
                        .add(LOG_KEPT.toSeconds()));
    }

    @Override
    public Optional<OutboxEntry> resend(JobId job) {
        List<Object> reply = redis.run(
                "send the webhook of job=" + job + " again",
                Script.OUTBOX_RESEND,
                new String[] {Keys.OUTBOX, Keys.job(job)},
                new Args());
        return reply.isEmpty() ? Optional.empty() : Optional.of(entry(reply));
    }

    @Override
    public List<String> log(JobId job) {
        return redis
                .call("read the webhook log of job=" + job, commands -> commands.lrange(Keys.outboxLog(job), 0, -1))
                .stream()
                .map(Reply::text)
                .toList();
    }

    /** Event id and its fields, as the scripts return them. */
    private static OutboxEntry entry(List<Object> reply) {
        Map<String, String> fields = Reply.fields(Reply.list(reply.get(1)));
        return new OutboxEntry(
                Reply.text(reply.get(0)),
                new JobId(fields.getOrDefault("job", "")),
                fields.getOrDefault("url", ""),
                fields.getOrDefault("trusted", "0").equals("1"),
                fields.getOrDefault("body", ""),
                Integer.parseInt(fields.getOrDefault("tries", "0")),
                Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("created_at", "0"))));
    }
}
