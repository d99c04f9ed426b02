package dev.transcode.queue.redis;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.JobQuery;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads statuses, one or many, newest first by the index. Index entries without a status are removed on the way. */
final class Listing {
    private static final int PAGE = 200;

    private final Redis redis;

    Listing(Redis redis) {
        this.redis = redis;
    }

    Optional<JobStatus> find(JobId id) {
        return Optional.ofNullable(read(List.of(id.value()), Listing::whole).get(0))
                .filter(fields -> !fields.isEmpty())
                .map(fields -> JobStatus.of(id, fields));
    }

    List<JobStatus> list(JobQuery query) {
        Optional<Double> newest =
                query.before().isPresent() ? score(query.before().get()) : Optional.of(Double.POSITIVE_INFINITY);
        if (newest.isEmpty()) {
            return List.of();
        }
        List<JobStatus> jobs = new ArrayList<>();
        int skip = query.skip();
        double below = newest.get();
        while (jobs.size() < query.size()) {
            List<ScoredValue<byte[]>> page = page(below);
            if (page.isEmpty()) {
                break;
            }
            below = page.get(page.size() - 1).getScore();
            List<String> ids = matching(page, query.state());
            List<String> wanted = ids.subList(Math.min(skip, ids.size()), ids.size());
            skip -= ids.size() - wanted.size();
            wanted = wanted.subList(0, Math.min(wanted.size(), query.size() - jobs.size()));
            List<Map<String, String>> statuses = read(wanted, Listing::whole);
            for (int i = 0; i < wanted.size(); i++) {
                if (!statuses.get(i).isEmpty()) {
                    jobs.add(JobStatus.of(new JobId(wanted.get(i)), statuses.get(i)));
                }
            }
        }
        return jobs;
    }

    private Optional<Double> score(JobId id) {
        return Optional.ofNullable(redis.call(
                "find job=" + id + " in the index", commands -> commands.zscore(Keys.INDEX, Args.bytes(id.value()))));
    }

    /** No two jobs have the same score: the server's time in microseconds. */
    private List<ScoredValue<byte[]>> page(double below) {
        return redis.call(
                "list jobs",
                commands -> commands.zrevrangebyscoreWithScores(
                        Keys.INDEX,
                        Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(below)),
                        Limit.create(0, PAGE)));
    }

    private List<String> matching(List<ScoredValue<byte[]>> page, Optional<JobState> state) {
        List<String> ids =
                page.stream().map(entry -> Reply.text(entry.getValue())).toList();
        List<Map<String, String>> states = read(ids, Listing::stateOnly);
        List<String> matching = new ArrayList<>();
        List<byte[]> gone = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Map<String, String> fields = states.get(i);
            if (fields.isEmpty() || !isId(ids.get(i))) {
                gone.add(page.get(i).getValue());
            } else if (state.isEmpty()
                    || state.get()
                            == JobState.fromWire(fields.getOrDefault(JobFields.STATUS, ""))
                                    .orElse(JobState.QUEUED)) {
                matching.add(ids.get(i));
            }
        }
        if (!gone.isEmpty()) {
            redis.call("clean the index", commands -> commands.zrem(Keys.INDEX, gone.toArray(byte[][]::new)));
        }
        return matching;
    }

    private static boolean isId(String text) {
        try {
            return new JobId(text).value().equals(text);
        } catch (TranscodeException e) {
            return false;
        }
    }

    /** One pipeline for all; what is no status reads as empty. */
    private List<Map<String, String>> read(
            List<String> ids, Function<Query, CompletionStage<Map<String, String>>> how) {
        return redis.call("read statuses", commands -> {
            List<CompletableFuture<Map<String, String>>> replies = new ArrayList<>();
            for (String id : ids) {
                replies.add(how.apply(new Query(commands, "job:" + id))
                        .exceptionally(Listing::emptyIfNoHash)
                        .toCompletableFuture());
            }
            return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                    .thenApply(
                            all -> replies.stream().map(CompletableFuture::join).toList());
        });
    }

    private record Query(RedisAsyncCommands<String, byte[]> commands, String key) {}

    private static CompletionStage<Map<String, String>> whole(Query query) {
        return query.commands().hgetall(query.key()).thenApply(Reply::fields);
    }

    private static CompletionStage<Map<String, String>> stateOnly(Query query) {
        return query.commands()
                .hget(query.key(), JobFields.STATUS)
                .thenApply(state -> state == null ? Map.of() : Map.of(JobFields.STATUS, Reply.text(state)));
    }

    private static Map<String, String> emptyIfNoHash(Throwable error) {
        Throwable cause = RedisErrors.unwrap(error);
        if (String.valueOf(cause.getMessage()).startsWith("WRONGTYPE")) {
            return Map.of();
        }
        throw RedisErrors.sort("read statuses", cause);
    }
}
