package dev.transcode.queue;

import dev.transcode.job.Failure;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobState;
import dev.transcode.job.Stage;
import dev.transcode.queue.Claim.Dropped;
import dev.transcode.queue.Claim.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A worker's side of an {@link InMemoryBackend}. */
final class InMemoryJobQueue implements JobQueue {
    private final MemoryState state;
    private final String worker;
    private final List<String> queues;

    InMemoryJobQueue(MemoryState state, String worker, List<String> queues) {
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("a worker needs at least one queue: " + worker);
        }
        this.state = state;
        this.worker = worker;
        this.queues = List.copyOf(queues);
    }

    @Override
    public Optional<Taken> take(Duration wait) {
        state.run(() -> queues.forEach(queue -> state.list(queue).workers.putIfAbsent(worker, state.now())));
        return state.await(wait, this::next);
    }

    private Optional<Taken> next() {
        for (String queue : queues) {
            Optional<Payload> left = state.list(queue).inInbox(worker);
            if (left.isPresent()) {
                return left.map(payload -> taken(queue, payload));
            }
        }
        for (String queue : queues) {
            Optional<Payload> moved =
                    state.closed ? Optional.empty() : state.list(queue).move(worker);
            if (moved.isPresent()) {
                return moved.map(payload -> taken(queue, payload));
            }
        }
        return Optional.empty();
    }

    private static Taken taken(String queue, Payload payload) {
        return new Taken(queue, payload, UUID.randomUUID().toString());
    }

    @Override
    public Claim claim(Taken taken, JobId id) {
        return state.call(() -> {
            MemoryJob known = state.jobs.get(id);
            if (known != null && known.lease != null && known.lease.token().equals(taken.token())) {
                return new Claim.Owned(known.lease);
            }
            if (!state.list(taken.queue()).removeFromInbox(worker, taken.payload())) {
                return new Dropped(Reason.GONE);
            }
            Optional<Reason> refused = known == null ? Optional.empty() : refusal(known, taken);
            if (refused.isPresent()) {
                return new Dropped(refused.get());
            }
            return own(known != null && known.state() == JobState.QUEUED ? known : state.renew(id), taken);
        });
    }

    /** Why a payload of a known job is not run, and what follows from that. */
    private Optional<Reason> refusal(MemoryJob job, Taken taken) {
        String sha = taken.payload().sha256();
        boolean cancelled = job.lease != null || job.state() == JobState.CANCELLED || job.state() == JobState.QUEUED;
        if (cancelled && job.dropCopy(sha)) {
            return Optional.of(Reason.CANCELLED);
        }
        if (job.conflictsWith(sha, taken.queue())) {
            state.list(taken.queue()).addMalformed();
            state.event(job, "conflict");
            return Optional.of(Reason.CONFLICT);
        }
        if (job.lease == null && job.due == null) {
            return Optional.empty();
        }
        job.increment(JobFields.DUPLICATES);
        state.event(job, "duplicate");
        return Optional.of(job.lease != null ? Reason.DUPLICATE_ACTIVE : Reason.DUPLICATE_WAITING);
    }

    private Claim own(MemoryJob job, Taken taken) {
        long fence = state.nextFence();
        Instant now = state.now();
        job.fields.keySet().removeAll(List.of(JobFields.STAGE, JobFields.RETRY_AT, JobFields.CANCEL));
        job.fields.keySet().removeAll(List.of(JobFields.ERROR, JobFields.ERROR_CODE, JobFields.HINT));
        job.fields.put(JobFields.ID, job.id.value());
        job.fields.putIfAbsent(JobFields.CREATED_AT, MemoryState.text(now));
        job.fields.putIfAbsent(JobFields.GENERATION, String.valueOf(fence));
        job.fields.put(JobFields.QUEUE, taken.queue());
        job.fields.put(JobFields.SHA, taken.payload().sha256());
        job.fields.put(JobFields.WORKER, worker);
        job.fields.put(JobFields.FENCE, String.valueOf(fence));
        job.fields.put(JobFields.STARTED_AT, MemoryState.text(now));
        job.fields.put(JobFields.PROGRESS, "0.0");
        JobJson.readWebhookUrl(taken.payload().text())
                .ifPresent(url -> job.fields.put(JobFields.WEBHOOK_URL, url.toString()));
        job.increment(JobFields.ATTEMPT);
        state.write(job, JobState.PROCESSING);
        long generation = Long.parseLong(job.fields.get(JobFields.GENERATION));
        Lease lease = new Lease(
                job.id,
                taken.queue(),
                taken.payload(),
                taken.token(),
                job.number(JobFields.ATTEMPT),
                generation,
                fence);
        job.lease = lease;
        job.leaseEnd = now.plus(state.lease);
        job.payload = taken.payload();
        job.unwanted.remove("");
        state.event(job, "claimed");
        return new Claim.Owned(lease);
    }

    @Override
    public void bury(Taken taken, Optional<JobId> id, Failure why) {
        state.run(() -> {
            if (!state.list(taken.queue()).removeFromInbox(worker, taken.payload())) {
                return;
            }
            state.list(taken.queue()).addMalformed();
            id.ifPresent(known -> {
                MemoryJob old = state.jobs.get(known);
                if (old == null || !inProgress(old, taken)) {
                    MemoryJob job = state.renew(known);
                    job.fields.put(JobFields.QUEUE, taken.queue());
                    JobJson.readWebhookUrl(taken.payload().text())
                            .ifPresent(url -> job.fields.put(JobFields.WEBHOOK_URL, url.toString()));
                    state.end(job, new Outcome.Failed(why, Map.of()));
                    state.event(job, "buried");
                }
            });
        });
    }

    /** Whether the job runs, or waits as another payload. */
    private static boolean inProgress(MemoryJob job, Taken taken) {
        return job.lease != null
                || job.due != null
                || job.conflictsWith(taken.payload().sha256(), taken.queue());
    }

    @Override
    public List<Renewal> heartbeat(List<Beat> held) {
        return state.call(() -> {
            queues.forEach(queue -> state.list(queue).workers.put(worker, state.now()));
            List<Renewal> renewals = new ArrayList<>();
            for (Beat beat : held) {
                renewals.add(renew(beat.lease(), job -> {
                    if (!beat.progress().isEmpty()) {
                        job.fields.putAll(beat.progress());
                        job.fields.put(JobFields.UPDATED_AT, MemoryState.text(state.now()));
                        state.event(job, "progress");
                    }
                }));
            }
            return renewals;
        });
    }

    @Override
    public Renewal gate(Lease lease) {
        return state.call(() -> renew(lease, job -> {
            if (!job.cancelRequested()) {
                job.fields.put(JobFields.STAGE, Stage.PUBLISH.wire());
                job.fields.put(JobFields.UPDATED_AT, MemoryState.text(state.now()));
                if (!job.gated) {
                    job.gated = true;
                    state.event(job, "publishing");
                }
            }
        }));
    }

    private Renewal renew(Lease lease, Consumer<MemoryJob> write) {
        MemoryJob job = state.jobs.get(lease.id());
        if (job == null || !job.holds(lease)) {
            return Renewal.LOST;
        }
        job.leaseEnd = state.now().plus(state.lease);
        write.accept(job);
        return job.cancelRequested() ? Renewal.CANCEL : Renewal.OK;
    }

    @Override
    public FinishResult finish(Lease lease, Outcome outcome) {
        return state.call(() -> {
            MemoryJob job = state.jobs.get(lease.id());
            if (job == null || !job.holds(lease)) {
                boolean before = job != null && lease.token().equals(job.lastToken);
                return before ? FinishResult.ALREADY : FinishResult.LOST;
            }
            job.lastToken = lease.token();
            Outcome end = outcome.after(lease.attempt());
            if (end instanceof Outcome.Retry retry) {
                job.dropLease();
                if (job.cancelRequested()) {
                    state.dropCopies(job);
                    state.end(job, new Outcome.Cancelled(retry.facts()));
                    return FinishResult.DONE;
                }
                job.fields.putAll(retry.facts());
                state.writeError(job, retry.failure());
                state.delay(job, state.now().plus(retry.delay()));
                state.event(job, "retry");
            } else {
                state.dropCopies(job);
                state.end(job, end);
            }
            return FinishResult.DONE;
        });
    }

    @Override
    public boolean release(Lease lease) {
        return state.call(() -> {
            MemoryJob job = state.jobs.get(lease.id());
            String released = "released:" + lease.token();
            if (job == null || !job.holds(lease)) {
                return job != null && released.equals(job.lastToken);
            }
            job.lastToken = released;
            job.dropLease();
            if (job.cancelRequested()) {
                state.end(job, new Outcome.Cancelled(Map.of()));
            } else {
                job.fields.put(JobFields.ATTEMPT, String.valueOf(lease.attempt() - 1));
                job.fields.keySet().removeAll(List.of(JobFields.STAGE, JobFields.PROGRESS, JobFields.STARTED_AT));
                state.requeue(job, lease.payload(), true);
                state.event(job, "released");
            }
            return true;
        });
    }

    @Override
    public void close() {
        state.run(() -> queues.forEach(queue -> state.list(queue).giveBackInbox(worker, state.now())));
    }
}
