package dev.transcode.queue.redis;

import dev.transcode.queue.Beat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** At most one progress event a second for each lease, and the last change is never left out for good. Thread-safe. */
final class ProgressEvents {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    /** By token, when the last event was. */
    private final Map<String, Long> last = new HashMap<>();

    /** By token, changes that have had no event yet. */
    private final Map<String, Boolean> pending = new HashMap<>();

    /** Forgets leases that are no longer held. */
    synchronized void keepOnly(List<Beat> held) {
        Set<String> tokens = held.stream().map(beat -> beat.lease().token()).collect(Collectors.toSet());
        last.keySet().retainAll(tokens);
        pending.keySet().retainAll(tokens);
    }

    /** Whether this beat is to append an event; says so once for each change. */
    synchronized boolean isDue(Beat beat) {
        String token = beat.lease().token();
        boolean changed = !beat.progress().isEmpty() || pending.getOrDefault(token, false);
        long now = System.nanoTime();
        Long before = last.get(token);
        boolean due = changed && (before == null || now - before >= EVERY);
        if (due) {
            last.put(token, now);
        }
        pending.put(token, changed && !due);
        return due;
    }
}
