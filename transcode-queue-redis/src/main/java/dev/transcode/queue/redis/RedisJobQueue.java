package dev.transcode.queue.redis;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.Taken;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's side of the queue: one script for each method; the states are in docs/state-machine.md. */
final class RedisJobQueue implements JobQueue {
    private static final Logger LOG = LoggerFactory.getLogger(RedisJobQueue.class);

    private final Redis redis;
    private final Taker taker;
    private final String worker;
    private final List<Keys> queues;
    private final Duration lease;
    private final EndWebhook webhook;
    private final ProgressEvents progressEvents = new ProgressEvents();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean registered;

    /** @param blocking a connection for {@link #take} alone; closed with this */
    RedisJobQueue(Redis redis, Redis blocking, String worker, List<Keys> queues, Duration lease, EndWebhook webhook) {
        this.redis = redis;
        this.worker = worker;
        this.queues = List.copyOf(queues);
        this.lease = lease;
        this.webhook = webhook;
        taker = new Taker(blocking, redis, worker, this.queues, lease);
    }

    @Override
    public Optional<Taken> take(Duration wait) {
        if (!registered) {
            heartbeat(List.of());
            registered = true;
        }
        return taker.take(wait);
    }

    @Override
    public Claim claim(Taken taken, JobId id) {
        Keys queue = new Keys(taken.queue());
        Optional<URI> ownUrl = JobJson.readWebhookUrl(taken.payload().text());
        List<Object> reply = redis.run(
                "claim job=" + id,
                Script.CLAIM,
                new String[] {
                    Keys.job(id),
                    queue.inbox(worker),
                    queue.leases(),
                    queue.delayed(),
                    queue.payloads(),
                    queue.fence(),
                    queue.dead(),
                    queue.finished(),
                    Keys.INDEX,
                    Keys.EVENTS
                },
                new Args()
                        .add(id.value())
                        .add(taken.queue())
                        .add(taken.payload().bytes())
                        .add(taken.payload().sha256())
                        .add(taken.token())
                        .add(worker)
                        .add(lease)
                        .add(ownUrl.map(URI::toString).orElse("")));
        String answer = Reply.word(reply);
        Claim claim = switch (answer) {
            case "OK" ->
                new Claim.Owned(new Lease(
                        id,
                        taken.queue(),
                        taken.payload(),
                        taken.token(),
                        Integer.parseInt(Reply.text(reply.get(2))),
                        Long.parseLong(Reply.text(reply.get(3))),
                        Long.parseLong(Reply.text(reply.get(1)))));
            case "GONE" -> new Claim.Dropped(Claim.Reason.GONE);
            case "DUP_ACTIVE" -> new Claim.Dropped(Claim.Reason.DUPLICATE_ACTIVE);
            case "DUP_WAITING" -> new Claim.Dropped(Claim.Reason.DUPLICATE_WAITING);
            case "CANCELLED" -> new Claim.Dropped(Claim.Reason.CANCELLED);
            case "CONFLICT" -> buried(taken, id, Claim.Reason.CONFLICT, "another job of this id is in progress");
            case "BADKEY" -> buried(taken, id, Claim.Reason.BAD_KEY, Keys.job(id) + " in Redis is no hash");
            default -> throw new IllegalStateException("cannot claim job=" + id + ": claim.lua says " + answer);
        };
        taker.settled(taken);
        return claim;
    }

    private Claim buried(Taken taken, JobId id, Claim.Reason reason, String why) {
        bury(taken, Optional.of(id), Failure.of(FailureCode.INVALID_JOB, why), "conflict");
        return new Claim.Dropped(reason);
    }

    @Override
    public void bury(Taken taken, Optional<JobId> id, Failure why) {
        bury(taken, id, why, "buried");
        taker.settled(taken);
    }

    private void bury(Taken taken, Optional<JobId> id, Failure why, String event) {
        Keys queue = new Keys(taken.queue());
        String text = taken.payload().size() <= JobJson.MAX_SEARCHED_BYTES
                ? taken.payload().text()
                : "";
        Optional<String> ownUrl = JobJson.readWebhookUrl(text).map(URI::toString);
        Optional<EndWebhook.Call> call =
                id.flatMap(job -> webhook.call(job, 0, ownUrl, new Outcome.Failed(why, Map.of())));
        redis.run(
                "bury a payload of " + taken.queue(),
                Script.BURY,
                new String[] {
                    queue.inbox(worker),
                    queue.malformed(),
                    id.map(Keys::job).orElse(queue.malformed()),
                    queue.leases(),
                    queue.delayed(),
                    queue.dead(),
                    queue.finished(),
                    queue.payloads(),
                    Keys.INDEX,
                    Keys.EVENTS,
                    Keys.OUTBOX
                },
                new Args()
                        .add(taken.payload().bytes())
                        .add(taken.payload().sha256())
                        .add(MalformedEntry.json(why.message(), taken.payload()))
                        .add(id.map(JobId::value).orElse(""))
                        .add(event)
                        .add(taken.queue())
                        .add(call)
                        .add(why));
    }

    @Override
    public List<Renewal> heartbeat(List<Beat> held) {
        Map<String, List<Integer>> byQueue = new HashMap<>();
        for (int i = 0; i < held.size(); i++) {
            byQueue.computeIfAbsent(held.get(i).lease().queue(), name -> new ArrayList<>())
                    .add(i);
        }
        progressEvents.keepOnly(held);
        Renewal[] answers = new Renewal[held.size()];
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        redis.call("beat as worker " + worker, commands -> {
            for (Keys queue : queues) {
                List<Integer> places = byQueue.getOrDefault(queue.queue(), List.of());
                String[] keys = new String[3 + places.size()];
                keys[0] = queue.workers();
                keys[1] = queue.leases();
                keys[2] = Keys.EVENTS;
                Args args = new Args().add(worker).add(lease);
                for (int i = 0; i < places.size(); i++) {
                    Beat beat = held.get(places.get(i));
                    keys[3 + i] = Keys.job(beat.lease().id());
                    args.add(beat.lease().id().value())
                            .add(beat.lease().token())
                            .add(progressEvents.isDue(beat))
                            .add(beat.progress().size())
                            .add(beat.progress());
                }
                sent.add(Redis.start(commands, Script.HEARTBEAT, keys, args)
                        .thenAccept(reply -> {
                            for (int i = 0; i < places.size(); i++) {
                                answers[places.get(i)] = Renewal.valueOf(Reply.text(reply.get(i)));
                            }
                        })
                        .toCompletableFuture());
            }
            return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
        });
        return List.of(answers);
    }

    @Override
    public Renewal gate(Lease lease) {
        Keys queue = new Keys(lease.queue());
        List<Object> reply = redis.run(
                "ask to publish job=" + lease.id(),
                Script.GATE,
                new String[] {Keys.job(lease.id()), queue.leases(), Keys.EVENTS},
                new Args().add(lease.id().value()).add(lease.token()).add(this.lease));
        return Renewal.valueOf(Reply.word(reply));
    }

    @Override
    public FinishResult finish(Lease lease, Outcome wanted) {
        Outcome outcome = wanted.after(lease.attempt());
        Args args = new Args().add(lease.id().value()).add(lease.token());
        if (outcome instanceof Outcome.Complete complete) {
            args.add("complete").add(0).add(webhook(lease, outcome));
            args.add(JobFields.OUTPUTS).add(JobStatus.outputsJson(complete.outputs()));
        } else if (outcome instanceof Outcome.Failed failed) {
            args.add("failed").add(0).add(webhook(lease, outcome)).add(failed.failure());
        } else if (outcome instanceof Outcome.Retry retry) {
            args.add("retry").add(retry.delay()).add(webhook(lease, new Outcome.Cancelled(Map.of())));
            args.add(retry.failure());
        } else {
            args.add("cancelled").add(0).add(webhook(lease, outcome));
        }
        List<Object> reply = redis.run(
                "finish job=" + lease.id(),
                Script.FINISH,
                new Keys(lease.queue()).ofEnd(lease.id()),
                args.add(outcome.facts()));
        return FinishResult.valueOf(Reply.word(reply));
    }

    @Override
    public boolean release(Lease lease) {
        Keys queue = new Keys(lease.queue());
        List<Object> reply = redis.run(
                "give back job=" + lease.id(),
                Script.RELEASE,
                queue.ofEnd(lease.id(), queue.list()),
                new Args()
                        .add(lease.id().value())
                        .add(lease.token())
                        .add(webhook(lease, new Outcome.Cancelled(Map.of()))));
        return Reply.number(reply) == 1;
    }

    /** To the address that the payload names, else to the one that was submitted beside it. */
    private Optional<EndWebhook.Call> webhook(Lease lease, Outcome outcome) {
        Optional<String> ownUrl = JobJson.readWebhookUrl(lease.payload().text())
                .map(URI::toString)
                .or(() -> Optional.ofNullable(StatusFields.read(redis, lease.id(), JobFields.WEBHOOK_URL)
                        .get(JobFields.WEBHOOK_URL)));
        return webhook.call(lease.id(), lease.attempt(), ownUrl, outcome);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return; // The worker closes it, and then the backend whatever it handed out.
        }
        taker.close();
        try {
            for (Keys queue : queues) {
                Inboxes.sweep(redis, queue, worker, Duration.ofMillis(-1));
            }
        } catch (QueueUnavailableException e) {
            LOG.info("the inbox of worker {} is left to be recovered by others: {}", worker, e.getMessage());
        }
    }
}
