package dev.transcode.queue.redis;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobState;
import dev.transcode.queue.QueueDepth;
import io.lettuce.core.Range;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Counts what is in a queue. */
final class Depths {
    private final Redis redis;
    private final Duration lease;

    Depths(Redis redis, Duration lease) {
        this.redis = redis;
        this.lease = lease;
    }

    QueueDepth of(Keys queue) {
        Instant now = redis.time();
        Range<Double> alive = Range.create((double) now.minus(lease).toEpochMilli(), Double.POSITIVE_INFINITY);
        List<Long> counts = redis.call("count " + queue.list(), commands -> {
            List<CompletableFuture<Long>> asked = List.of(
                    commands.llen(queue.list()).toCompletableFuture(),
                    commands.zcard(queue.leases()).toCompletableFuture(),
                    commands.zcard(queue.delayed()).toCompletableFuture(),
                    commands.zcard(queue.dead()).toCompletableFuture(),
                    commands.llen(queue.malformed()).toCompletableFuture(),
                    commands.zcount(queue.workers(), alive).toCompletableFuture());
            return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                    .thenApply(
                            all -> asked.stream().map(CompletableFuture::join).toList());
        });
        return new QueueDepth(
                queue.queue(),
                counts.get(0),
                counts.get(1),
                counts.get(2),
                counts.get(3),
                counts.get(4),
                counts.get(5),
                age(queue, now));
    }

    /** Of the payload that is taken next: known if its job was submitted, or has been tried before. */
    private Optional<Duration> age(Keys queue, Instant now) {
        byte[] next = redis.call("look at " + queue.list(), commands -> commands.lindex(queue.list(), -1));
        if (next == null || next.length > JobJson.MAX_SEARCHED_BYTES) {
            return Optional.empty();
        }
        return JobJson.readId(Reply.text(next))
                .map(id -> StatusFields.read(redis, id, JobFields.STATUS, JobFields.CREATED_AT))
                .filter(known -> JobState.QUEUED.wire().equals(known.get(JobFields.STATUS)))
                .flatMap(known -> instant(known.getOrDefault(JobFields.CREATED_AT, "")))
                .map(created -> Duration.between(created, now))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty(); // a producer wrote it
        }
    }
}
