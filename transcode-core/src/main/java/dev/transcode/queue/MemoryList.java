package dev.transcode.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One queue's list, the inboxes of its workers and its malformed payloads. Guarded by {@link MemoryState}'s lock. */
final class MemoryList {
    private static final int MAX_MALFORMED = 1_000;

    private record Waiting(Payload payload, Instant since) {}

    /** The next to be taken is first: the right end of the Redis list. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** By worker; the oldest first. */
    private final Map<String, Deque<Payload>> inboxes = new LinkedHashMap<>();

    /** The last beat of each worker. */
    final Map<String, Instant> workers = new LinkedHashMap<>();

    private int malformed;

    void pushLast(Payload payload, Instant now) {
        waiting.addLast(new Waiting(payload, now));
    }

    void pushFirst(Payload payload, Instant now) {
        waiting.addFirst(new Waiting(payload, now));
    }

    /** Takes all copies out of the list; returns how many there were. */
    int removeAll(Payload payload) {
        int before = waiting.size();
        waiting.removeIf(entry -> entry.payload().equals(payload));
        return before - waiting.size();
    }

    /** What is still in the worker's inbox, the oldest. */
    Optional<Payload> inInbox(String worker) {
        return Optional.ofNullable(
                inboxes.getOrDefault(worker, new ArrayDeque<>()).peekFirst());
    }

    /** Moves the next payload into the worker's inbox. */
    Optional<Payload> move(String worker) {
        Waiting next = waiting.pollFirst();
        if (next == null) {
            return Optional.empty();
        }
        inboxes.computeIfAbsent(worker, name -> new ArrayDeque<>()).addLast(next.payload());
        return Optional.of(next.payload());
    }

    /** @return whether it was there */
    boolean removeFromInbox(String worker, Payload payload) {
        Deque<Payload> inbox = inboxes.get(worker);
        if (inbox == null || !inbox.removeFirstOccurrence(payload)) {
            return false;
        }
        if (inbox.isEmpty()) {
            inboxes.remove(worker);
        }
        return true;
    }

    /** Takes the worker off the list; what is in its inbox becomes the next to be taken, in its order. */
    int giveBackInbox(String worker, Instant now) {
        workers.remove(worker);
        Deque<Payload> inbox = inboxes.remove(worker);
        if (inbox == null) {
            return 0;
        }
        int count = inbox.size();
        while (!inbox.isEmpty()) {
            pushFirst(inbox.removeLast(), now);
        }
        return count;
    }

    /** {@link #giveBackInbox} for each worker without a beat since {@code oldest}. */
    int sweep(Instant oldest, Instant now) {
        workers.values().removeIf(beat -> beat.isBefore(oldest));
        int count = 0;
        for (String worker : inboxes.keySet().toArray(String[]::new)) {
            if (!workers.containsKey(worker)) {
                count += giveBackInbox(worker, now);
            }
        }
        return count;
    }

    void addMalformed() {
        malformed = Math.min(malformed + 1, MAX_MALFORMED);
    }

    int waiting() {
        return waiting.size();
    }

    int malformed() {
        return malformed;
    }

    Optional<Duration> oldestAge(Instant now) {
        Waiting next = waiting.peekFirst();
        return next == null ? Optional.empty() : Optional.of(Duration.between(next.since(), now));
    }
}
