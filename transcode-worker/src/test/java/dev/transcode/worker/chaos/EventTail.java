package dev.transcode.worker.chaos;

import dev.transcode.queue.JobEvent;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the event stream from its beginning, through outages, so that nothing is trimmed unread. Thread-safe. */
final class EventTail {
    private static final Duration WAIT = Duration.ofMillis(200);

    private final JobEvents events;
    private final Thread thread = new Thread(this::follow, "event-tail");
    private final List<History.Event> read = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private String position = "0";
    private volatile boolean closed;

    EventTail(JobEvents events) {
        this.events = events;
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        while (!closed) {
            try {
                add(events.read(position, WAIT));
            } catch (QueueUnavailableException e) {
                pause(); // Redis is down on purpose.
            }
        }
    }

    private synchronized void add(List<JobEvent> page) {
        for (JobEvent event : page) {
            History.Event entry = History.Event.of(event);
            read.add(entry);
            if (entry.ends()) {
                ended.add(entry.job());
            }
            position = event.position();
        }
    }

    /** Jobs that have ended at least once. */
    synchronized int ended() {
        return ended.size();
    }

    synchronized int size() {
        return read.size();
    }

    /** All that was read so far; whoever asks after the last event has come gets everything. */
    synchronized List<History.Event> all() {
        return List.copyOf(read);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
