package dev.transcode.cli;

import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.JobEvent;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.JobQuery;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueBackend;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All running jobs, kept up to date: events tell which to look at, and every 10 s all are asked for again. For one
 * thread.
 */
final class RunningJobs {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final JobQuery RUNNING = new JobQuery(Optional.of(JobState.PROCESSING), 0, 500, Optional.empty());

    private final JobStore store;
    private final JobEvents events;
    private final Patience patience;
    private final Map<JobId, JobStatus> running = new LinkedHashMap<>();
    /** The last ones. */
    private final Map<JobId, JobStatus> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobStatus> eldest) {
            return size() > 1_000;
        }
    };

    /** Who shows them. */
    interface View {
        /** A job that runs, or has just stopped to. */
        void changed(JobStatus status);

        /** All changes are told; at least once a second. */
        default void tick(List<JobStatus> running) {}
    }

    RunningJobs(QueueBackend queue, Console console) {
        this.store = queue.store();
        this.events = queue.events();
        this.patience = new Patience(console);
    }

    /** Until this thread is interrupted. */
    void watch(View view) {
        String position = events.end();
        refresh(store.list(RUNNING), view);
        long refreshed = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            view.tick(List.copyOf(running.values()));
            String from = position;
            List<JobEvent> read = patience.ask(() -> events.read(from, TICK)).orElse(List.of());
            Set<JobId> touched = new LinkedHashSet<>();
            for (JobEvent event : read) {
                position = event.position();
                touched.add(event.job());
            }
            touched.forEach(id -> look(id, view));
            if (System.nanoTime() - refreshed > REFRESH_NANOS) {
                patience.ask(() -> store.list(RUNNING)).ifPresent(jobs -> refresh(jobs, view));
                refreshed = System.nanoTime();
            }
        }
    }

    private void refresh(List<JobStatus> jobs, View view) {
        Set<JobId> gone = new LinkedHashSet<>(running.keySet());
        // Listed newest first; shown in the order they came.
        for (int i = jobs.size() - 1; i >= 0; i--) {
            gone.remove(jobs.get(i).id());
            update(jobs.get(i), view);
        }
        gone.forEach(id -> look(id, view));
    }

    private void look(JobId id, View view) {
        Optional<Optional<JobStatus>> answer = patience.ask(() -> store.find(id));
        answer.ifPresent(found -> found.ifPresentOrElse(status -> update(status, view), () -> running.remove(id)));
    }

    private void update(JobStatus status, View view) {
        boolean runs = status.state() == JobState.PROCESSING;
        JobStatus before = runs ? running.put(status.id(), status) : running.remove(status.id());
        if (runs) {
            ended.remove(status.id());
        } else if (status.state().ended()) {
            // One that ended between two looks is told as well; of an end there are several events, one is enough.
            JobStatus told = ended.put(status.id(), status);
            before = told == null ? before : told;
        } else if (before == null) {
            return;
        }
        if (!status.equals(before)) {
            view.changed(status);
        }
    }
}
