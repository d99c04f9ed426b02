package dev.transcode.cli;

import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.JobEvent;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueBackend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows one job to its end. Events tell when to look; without any it looks once a second, so a lost event costs a
 * second. A queue that goes away meanwhile is waited for. For one thread.
 */
final class JobFollower {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JobStore store;
    private final JobEvents events;
    private final Patience patience;

    JobFollower(QueueBackend queue, Console console) {
        this.store = queue.store();
        this.events = queue.events();
        this.patience = new Patience(console);
    }

    /**
     * @param timeout how long to wait for the end at most; empty = for ever
     * @param listener hears every status that is seen, the last one as well
     * @return the status at the end of the job, or of the time
     * @throws CommandException if no such job is known
     */
    JobStatus follow(JobId id, Optional<Duration> timeout, Consumer<JobStatus> listener) {
        long start = System.nanoTime();
        String position = events.end();
        while (true) {
            JobStatus status = patience.ask(() -> store.find(id))
                    .map(found -> found.orElseThrow(() -> JobErrors.notFound("follow", id)))
                    .orElse(null);
            long left = timeout.map(limit -> limit.toNanos() - (System.nanoTime() - start))
                    .orElse(Long.MAX_VALUE);
            if (status != null) {
                listener.accept(status);
                if (status.state().ended() || left <= 0) {
                    return status;
                }
            }
            position = await(id, position, Math.min(left, LOOK_NANOS));
        }
    }

    /** Waits for an event of the job, at most {@code nanos}; the position to go on from. */
    private String await(JobId id, String position, long nanos) {
        long end = System.nanoTime() + nanos;
        String from = position;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            String start = from;
            Duration wait = Duration.ofNanos(left);
            List<JobEvent> read = patience.ask(() -> events.read(start, wait)).orElse(List.of());
            boolean mine = false;
            for (JobEvent event : read) {
                from = event.position();
                mine |= event.job().equals(id);
            }
            if (mine) {
                return from;
            }
        }
        return from;
    }
}
