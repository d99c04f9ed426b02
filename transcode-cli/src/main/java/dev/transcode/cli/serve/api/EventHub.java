package dev.transcode.cli.serve.api;

import dev.transcode.job.JobId;
import dev.transcode.queue.JobEvent;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the queue's events to all watchers: one thread reads them, one log holds them. While the queue is away, watchers
 * stay and hear nothing; afterwards they hear what they missed. Thread-safe.
 */
final class EventHub implements AutoCloseable {
    static final int MAX_WATCHERS = 2_000;

    private static final Logger log = LoggerFactory.getLogger(EventHub.class);
    private static final int KEPT = 10_000;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String OLDEST = "0";

    private final Supplier<JobEvents> source;
    private final EventLog events = new EventLog(KEPT);
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Set<Watcher> ofAllJobs = ConcurrentHashMap.newKeySet();
    private final Map<JobId, Set<Watcher>> ofOneJob = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean connected;

    /** @param source opens the queue's events, for the thread that starts now */
    EventHub(Supplier<JobEvents> source) {
        this.source = source;
        reader = new Thread(this::readUntilClosed, "events");
        reader.setDaemon(true);
        reader.start();
    }

    EventLog events() {
        return events;
    }

    int watchers() {
        return watchers.size();
    }

    /** How many were dropped because they were too slow. */
    long dropped() {
        return dropped.get();
    }

    /** Whether the queue's events come in. */
    boolean isConnected() {
        return connected;
    }

    /** @throws ApiProblem 503 if there are too many already */
    void checkRoom() {
        if (watchers.size() >= MAX_WATCHERS) {
            throw new ApiProblem(
                            503,
                            "too_many_watchers",
                            "cannot watch: " + MAX_WATCHERS + " watch already",
                            "Ask for the status now and then instead.")
                    .retryAfter(30);
        }
    }

    /** Sends events from now on, until the connection ends. */
    void add(Watcher watcher) {
        watchers.add(watcher);
        watcher.job()
                .ifPresentOrElse(
                        job -> ofOneJob.compute(job, (id, known) -> {
                            Set<Watcher> some = known == null ? ConcurrentHashMap.newKeySet() : known;
                            some.add(watcher);
                            return some;
                        }),
                        () -> ofAllJobs.add(watcher));
        watcher.connection().addCloseTask(gone -> remove(watcher));
        watcher.start();
    }

    private void remove(Watcher watcher) {
        watchers.remove(watcher);
        ofAllJobs.remove(watcher);
        watcher.job()
                .ifPresent(job -> ofOneJob.computeIfPresent(job, (id, known) -> {
                    known.remove(watcher);
                    return known.isEmpty() ? null : known;
                }));
    }

    private void readUntilClosed() {
        String position = OLDEST;
        while (closed.getCount() > 0) {
            try (JobEvents open = source.get()) {
                while (closed.getCount() > 0) {
                    for (JobEvent event : open.read(position, WAIT)) {
                        publish(event);
                        position = event.position();
                    }
                    connected = true;
                    dropSlow();
                }
            } catch (QueueUnavailableException | QueueRefusedException e) {
                if (connected) {
                    log.warn("cannot read the queue's events, trying again: {}", e.getMessage());
                }
                connected = false;
            } catch (RuntimeException e) {
                log.error("cannot read the queue's events, trying again: this is a bug", e);
                connected = false;
            }
            pause();
        }
    }

    private void publish(JobEvent event) {
        EventLog.Entry entry =
                events.add(event.position(), event.job(), EventView.name(event), Json.line(EventView.of(event)));
        ofAllJobs.forEach(watcher -> watcher.wake(entry.number()));
        ofOneJob.getOrDefault(event.job(), Set.of()).forEach(watcher -> watcher.wake(entry.number()));
    }

    private void dropSlow() {
        for (Watcher watcher : watchers) {
            if (watcher.isTooSlow()) {
                dropped.incrementAndGet();
                watcher.drop();
            }
        }
    }

    private void pause() {
        try {
            boolean ended = closed.await(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                connected = false;
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        reader.interrupt();
        watchers.forEach(Watcher::drop);
    }
}
