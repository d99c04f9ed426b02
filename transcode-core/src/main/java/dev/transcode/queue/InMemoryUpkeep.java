package dev.transcode.queue;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Recovery in an {@link InMemoryBackend}. There is no connection to lose and no half-written step to heal. */
final class InMemoryUpkeep implements QueueUpkeep {
    /** So many workers may be lost with a job; the next one ends it. */
    private static final int MAX_STALLS = 3;

    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);

    private final MemoryState state;
    private final List<String> queues;

    InMemoryUpkeep(MemoryState state, List<String> queues) {
        this.state = state;
        this.queues = List.copyOf(queues);
    }

    @Override
    public Round round() {
        return state.call(() -> {
            int[] reaped = reap();
            int swept = 0;
            for (String queue : queues) {
                swept += state.list(queue).sweep(state.now().minus(state.lease), state.now());
            }
            return new Round(reaped[0], reaped[1], reaped[2], reaped[3], swept, promote(), 0);
        });
    }

    /** @return how many were requeued, delayed, failed, cancelled */
    private int[] reap() {
        int[] counts = new int[4];
        List<MemoryJob> jobs = state.jobsOf(queues);
        // The youngest claim first: the oldest is then the next to be taken.
        jobs.sort(Comparator.comparingLong(job -> job.lease == null ? 0 : -job.lease.fence()));
        Instant now = state.now();
        for (MemoryJob job : jobs) {
            if (job.lease != null && !Objects.requireNonNull(job.leaseEnd).isAfter(now)) {
                counts[recover(job, job.lease)]++;
            }
        }
        return counts;
    }

    private int recover(MemoryJob job, Lease lost) {
        job.dropLease();
        if (job.cancelRequested()) {
            state.dropCopies(job);
            state.end(job, new Outcome.Cancelled(Map.of()));
            return 3;
        }
        job.increment(JobFields.STALLS);
        int stalls = job.number(JobFields.STALLS);
        Failure failure = Failure.of(
                FailureCode.WORKER_LOST,
                "cannot finish job=" + job.id + ": " + stalls + " times the worker holding it was lost");
        if (stalls > MAX_STALLS) {
            state.dropCopies(job);
            state.end(job, new Outcome.Failed(failure, Map.of()));
            return 2;
        }
        if (stalls == 1) {
            job.fields.keySet().removeAll(List.of(JobFields.STAGE, JobFields.PROGRESS));
            state.requeue(job, lost.payload(), true);
            state.event(job, "requeued");
            return 0;
        }
        state.writeError(job, failure);
        state.delay(job, state.now().plus(FIRST_DELAY.multipliedBy(1L << (stalls - 2))));
        state.event(job, "retry");
        return 1;
    }

    private int promote() {
        Instant now = state.now();
        List<MemoryJob> due = state.jobsOf(queues);
        due.removeIf(job -> job.due == null || job.due.isAfter(now));
        due.sort(Comparator.comparing(job -> Objects.requireNonNull(job.due)));
        for (MemoryJob job : due) {
            state.requeue(job, Objects.requireNonNull(job.payload), false);
            state.event(job, "queued");
        }
        return due.size();
    }
}
