package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Idempotency keys of the last 24 h, at most 10,000. Guarded by {@link MemoryState}'s lock. */
final class MemoryKeys {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MAX = 10_000;

    private record Used(String sha, JobId id, Instant at) {}

    private final Map<String, Used> keys = new LinkedHashMap<>();

    /** What the key says of a submission; empty if it is new. */
    Optional<SubmitResult> earlier(String key, String sha, JobId id, Instant now) {
        keys.values().removeIf(used -> !used.at().plus(KEPT).isAfter(now));
        return Optional.ofNullable(keys.get(key))
                .map(used -> used.sha().equals(sha)
                        ? new SubmitResult(SubmitResult.Kind.REPLAY, used.id())
                        : new SubmitResult(SubmitResult.Kind.CONFLICT, id));
    }

    void put(String key, String sha, JobId id, Instant now) {
        keys.put(key, new Used(sha, id, now));
        if (keys.size() > MAX) {
            keys.remove(keys.keySet().iterator().next());
        }
    }
}
