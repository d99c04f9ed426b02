package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The webhooks of ended jobs and what became of them. Guarded by {@link MemoryState}'s lock. */
final class MemoryDeliveries {
    private static final int MAX_LOG = 20;

    /** @param due empty once settled */
    private record Delivery(OutboxEntry entry, Optional<Instant> due) {}

    /** By event id. A settled one stays while it is its job's last. */
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();

    /** The event id of each job's last webhook. */
    private final Map<JobId, String> last = new HashMap<>();

    private final Map<JobId, List<String>> logs = new HashMap<>();

    void add(JobId job, EndWebhook.Call call, Instant now) {
        OutboxEntry entry = new OutboxEntry(call.eventId(), job, call.url(), call.trusted(), call.body(), 0, now);
        deliveries.put(entry.eventId(), new Delivery(entry, Optional.of(now)));
        last.put(job, entry.eventId());
    }

    /** The entries that are due, at most {@code limit}; they are due again at {@code next}. */
    List<OutboxEntry> take(int limit, Instant now, Instant next) {
        List<Delivery> due = new ArrayList<>(deliveries.values());
        due.removeIf(one -> one.due().isEmpty() || one.due().get().isAfter(now));
        due.sort(Comparator.comparing(one -> one.due().orElseThrow()));
        List<OutboxEntry> taken = new ArrayList<>();
        for (Delivery one : due.subList(0, Math.min(limit, due.size()))) {
            deliveries.put(one.entry().eventId(), new Delivery(one.entry(), Optional.of(next)));
            taken.add(one.entry());
        }
        return taken;
    }

    /** Notes one try, unless it was noted before; {@code next} is empty if it was the last. */
    void tried(OutboxEntry entry, Optional<Instant> next, String line) {
        Delivery known = deliveries.get(entry.eventId());
        if (known == null || known.entry().tries() != entry.tries()) {
            return;
        }
        deliveries.put(entry.eventId(), new Delivery(withTries(entry, entry.tries() + 1), next));
        removeIfDone(entry.eventId());
        List<String> log = logs.computeIfAbsent(entry.job(), id -> new ArrayList<>());
        log.add(line);
        if (log.size() > MAX_LOG) {
            log.remove(0);
        }
    }

    Optional<OutboxEntry> resend(JobId job, Instant now) {
        String eventId = last.get(job);
        Delivery known = eventId == null ? null : deliveries.get(eventId);
        if (eventId == null || known == null) {
            return Optional.empty();
        }
        OutboxEntry entry = withTries(known.entry(), 0);
        deliveries.put(eventId, new Delivery(entry, Optional.of(now)));
        return Optional.of(entry);
    }

    private static OutboxEntry withTries(OutboxEntry entry, int tries) {
        return new OutboxEntry(
                entry.eventId(), entry.job(), entry.url(), entry.trusted(), entry.body(), tries, entry.createdAt());
    }

    List<String> log(JobId job) {
        return List.copyOf(logs.getOrDefault(job, List.of()));
    }

    /** The job runs again: its last webhook cannot be sent again, but what is pending is still delivered. */
    void renew(JobId job) {
        @Nullable String eventId = last.remove(job);
        if (eventId != null) {
            removeIfDone(eventId);
        }
    }

    /** As {@link #renew}; and nothing more is known of the job. */
    void forget(JobId job) {
        renew(job);
        logs.remove(job);
    }

    private void removeIfDone(String eventId) {
        Delivery known = deliveries.get(eventId);
        if (known != null
                && known.due().isEmpty()
                && !eventId.equals(last.get(known.entry().job()))) {
            deliveries.remove(eventId);
        }
    }
}
