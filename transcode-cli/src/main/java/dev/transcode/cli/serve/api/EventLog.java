package dev.transcode.cli.serve.api;

import dev.transcode.job.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last events, as they are sent, for all watchers together: each watcher only keeps a number, up to which it has
 * read. Thread-safe.
 */
final class EventLog {
    private final @Nullable Entry[] ring;
    private final Map<String, Long> numbers = new HashMap<>();
    private long next = 1;

    /** @param capacity how many events are kept */
    EventLog(int capacity) {
        ring = new Entry[capacity];
    }

    /**
     * One event.
     *
     * @param number from 1, without gaps
     * @param position in the queue's own stream
     * @param name of the event as it is sent
     * @param data JSON
     */
    record Entry(long number, String position, JobId job, String name, String data) {}

    /**
     * What a watcher reads at once.
     *
     * @param upTo the number that is read up to, also if nothing of it was wanted
     * @param lost whether the reader was so slow that some were gone
     */
    record Batch(List<Entry> entries, long upTo, boolean lost) {}

    synchronized Entry add(String position, JobId job, String name, String data) {
        int slot = (int) (next % ring.length);
        Entry old = ring[slot];
        if (old != null) {
            numbers.remove(old.position());
        }
        Entry entry = new Entry(next++, position, job, name, data);
        ring[slot] = entry;
        numbers.put(position, entry.number());
        return entry;
    }

    /** The newest; empty before the first. */
    synchronized Optional<Entry> last() {
        return Optional.ofNullable(ring[(int) ((next - 1) % ring.length)]);
    }

    /** Number of the newest; 0 before the first. */
    synchronized long end() {
        return next - 1;
    }

    /** Number of the event at that position of the queue's stream; empty if it is no longer, or never was, here. */
    synchronized Optional<Long> find(String position) {
        return Optional.ofNullable(numbers.get(position));
    }

    /** Whether all events after {@code number} are still here. */
    synchronized boolean reaches(long number) {
        return number >= next - 1 - ring.length;
    }

    /** Those after {@code number} that are wanted, at most {@code max}. */
    synchronized Batch after(long number, Predicate<Entry> wanted, int max) {
        if (!reaches(number)) {
            return new Batch(List.of(), number, true);
        }
        List<Entry> found = new ArrayList<>();
        long at = number;
        while (at < next - 1 && found.size() < max) {
            at++;
            Entry entry = ring[(int) (at % ring.length)];
            if (entry != null && wanted.test(entry)) {
                found.add(entry);
            }
        }
        return new Batch(found, at, false);
    }
}
