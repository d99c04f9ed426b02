package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Webhooks due, and what is kept of those of known jobs. Guarded by {@link MemoryState}'s lock. */
final class MemoryDeliveries {
    private static final int MAX_LOG = 20;

    record Due(OutboxEntry entry, Instant at) {}

    /** By event id. */
    final Map<String, Due> pending = new LinkedHashMap<>();

    /** The last webhook of each job. */
    final Map<JobId, OutboxEntry> last = new HashMap<>();

    private final Map<JobId, List<String>> logs = new HashMap<>();

    void add(JobId job, EndWebhook.Call call, Instant now) {
        OutboxEntry entry = new OutboxEntry(call.eventId(), job, call.url(), call.trusted(), call.body(), 0, now);
        pending.put(entry.eventId(), new Due(entry, now));
        last.put(job, entry);
    }

    void log(JobId job, String line) {
        List<String> log = logs.computeIfAbsent(job, id -> new ArrayList<>());
        log.add(line);
        if (log.size() > MAX_LOG) {
            log.remove(0);
        }
    }

    List<String> log(JobId job) {
        return List.copyOf(logs.getOrDefault(job, List.of()));
    }

    /** What is pending is still delivered. */
    void forget(JobId job) {
        last.remove(job);
        logs.remove(job);
    }
}
