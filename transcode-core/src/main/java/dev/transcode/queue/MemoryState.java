package dev.transcode.queue;

import dev.transcode.job.Failure;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that the ports of one {@link InMemoryBackend} share, under one lock: each change is one step. */
final class MemoryState {
    private static final int MAX_ENDED = 1_000;
    private static final int MAX_EVENTS = 10_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final List<String> EVENT_FIELDS = List.of(
            JobFields.ATTEMPT,
            JobFields.FENCE,
            JobFields.GENERATION,
            JobFields.WORKER,
            JobFields.QUEUE,
            JobFields.STAGE,
            JobFields.PROGRESS,
            JobFields.SPEED,
            JobFields.ETA,
            JobFields.ERROR_CODE);

    final Duration lease;
    final int maxWaiting;
    final MemoryDeliveries deliveries = new MemoryDeliveries();
    final MemoryKeys keys = new MemoryKeys();

    /** In the order in which they became known. */
    final Map<JobId, MemoryJob> jobs = new LinkedHashMap<>();

    final ArrayDeque<JobEvent> events = new ArrayDeque<>();
    boolean closed;

    private final Clock clock;
    private final EndWebhook endWebhook;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, MemoryList> lists = new HashMap<>();
    private final Deque<JobId> ended = new ArrayDeque<>();
    private long fence;
    private long lastEvent;

    MemoryState(Clock clock, Duration lease, EndWebhook endWebhook, int maxWaiting) {
        this.clock = clock;
        this.lease = lease;
        this.endWebhook = endWebhook;
        this.maxWaiting = maxWaiting;
    }

    /** Does {@code change} as one step and wakes up who waits. */
    <T> T call(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks {@code poll} after every change until it has something, at most {@code wait} long, or until closed. */
    <T> Optional<T> await(Duration wait, Supplier<Optional<T>> poll) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (true) {
                Optional<T> found = poll.get();
                if (found.isPresent() || left <= 0 || closed) {
                    return found;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static String text(Instant time) {
        return TIME.format(time);
    }

    /** Grows also over a restart: seeded by time. */
    long nextFence() {
        fence = Math.max(fence + 1, clock.millis());
        return fence;
    }

    MemoryList list(String queue) {
        return lists.computeIfAbsent(queue, name -> new MemoryList());
    }

    /** The job, with an empty status if nothing was known of it. */
    MemoryJob job(JobId id) {
        return jobs.computeIfAbsent(id, MemoryJob::new);
    }

    /** The job forgets its last generation and stands newest in the list. */
    MemoryJob renew(JobId id) {
        ended.remove(id);
        deliveries.renew(id);
        @Nullable MemoryJob old = jobs.remove(id);
        MemoryJob job = job(id);
        if (old != null) {
            job.unwanted.putAll(old.unwanted);
        }
        job.fields.put(JobFields.ID, id.value());
        job.fields.put(JobFields.CREATED_AT, text(now()));
        return job;
    }

    /** Puts the payload back into its list: {@code first} = to be the next one taken. */
    void requeue(MemoryJob job, Payload payload, boolean first) {
        MemoryList list = list(job.fields.getOrDefault(JobFields.QUEUE, ""));
        if (first) {
            list.pushFirst(payload, now());
        } else {
            list.pushLast(payload, now());
        }
        job.due = null;
        job.payload = payload;
        write(job, JobState.QUEUED);
    }

    /** The job waits until {@code due}; its payload is kept. */
    void delay(MemoryJob job, Instant due) {
        job.due = due;
        job.fields.put(JobFields.STAGE, Stage.RETRY.wire());
        job.fields.put(JobFields.RETRY_AT, text(due));
        write(job, JobState.QUEUED);
    }

    void write(MemoryJob job, JobState state) {
        job.fields.put(JobFields.STATUS, state.wire());
        job.fields.put(JobFields.UPDATED_AT, text(now()));
    }

    void writeError(MemoryJob job, Failure failure) {
        job.fields.put(JobFields.ERROR, failure.message());
        job.fields.put(JobFields.ERROR_CODE, failure.code().wire());
        job.fields.put(JobFields.HINT, failure.hint());
    }

    /** The job's end and its webhook, in the same step. */
    void end(MemoryJob job, Outcome outcome) {
        job.dropLease();
        job.due = null;
        job.fields.keySet().removeAll(List.of(JobFields.CANCEL, JobFields.RETRY_AT, JobFields.ERROR));
        job.fields.keySet().removeAll(List.of(JobFields.ERROR_CODE, JobFields.HINT, JobFields.OUTPUTS));
        job.fields.putAll(outcome.facts());
        job.fields.put(JobFields.FINISHED_AT, text(now()));
        if (outcome instanceof Outcome.Complete complete) {
            job.payload = null;
            job.fields.remove(JobFields.STAGE);
            job.fields.put(JobFields.OUTPUTS, JobStatus.outputsJson(complete.outputs()));
            job.fields.put(JobFields.PROGRESS, "100.0");
            write(job, JobState.COMPLETE);
        } else if (outcome instanceof Outcome.Failed failed) {
            writeError(job, failed.failure());
            write(job, JobState.FAILED);
        } else {
            write(job, JobState.CANCELLED);
        }
        endWebhook
                .call(job.id, job.number(JobFields.ATTEMPT), job.status().field(JobFields.WEBHOOK_URL), outcome)
                .ifPresent(call -> deliveries.add(job.id, call, now()));
        event(job, job.state().wire());
        forgetOldest(job.id);
    }

    /** Drops and counts the copies of an ending job that were pushed meanwhile and that nobody has taken yet. */
    void dropCopies(MemoryJob job) {
        Payload payload = job.payload;
        int copies = payload == null
                ? 0
                : list(job.fields.getOrDefault(JobFields.QUEUE, "")).removeAll(payload);
        if (payload != null && copies > 0) {
            job.unwanted.computeIfPresent(payload.sha256(), (sha, count) -> count > copies ? count - copies : null);
            for (int i = 0; i < copies; i++) {
                job.increment(JobFields.DUPLICATES);
            }
            event(job, "duplicate");
        }
    }

    private void forgetOldest(JobId id) {
        ended.remove(id);
        ended.addLast(id);
        if (ended.size() > MAX_ENDED) {
            JobId oldest = ended.removeFirst();
            jobs.remove(oldest);
            deliveries.forget(oldest);
        }
    }

    void event(MemoryJob job, String type) {
        Map<String, String> known = new HashMap<>();
        for (String field : EVENT_FIELDS) {
            @Nullable String value = job.fields.get(field);
            if (value != null && !value.isEmpty()) {
                known.put(field, value);
            }
        }
        events.addLast(new JobEvent(String.valueOf(++lastEvent), now(), type, job.id, known));
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
    }

    long lastEvent() {
        return lastEvent;
    }

    /** The jobs of these queues, a copy: they may change while one walks it. */
    List<MemoryJob> jobsOf(List<String> queues) {
        List<MemoryJob> found = new ArrayList<>();
        for (MemoryJob job : jobs.values()) {
            if (queues.contains(job.fields.getOrDefault(JobFields.QUEUE, ""))) {
                found.add(job);
            }
        }
        return found;
    }
}
