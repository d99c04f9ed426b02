package dev.transcode.queue.redis;

import dev.transcode.internal.Count;
import dev.transcode.job.JobJson;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.Taken;
import io.lettuce.core.LMoveArgs;
import io.lettuce.core.UnblockType;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves payloads from the lists into this worker's inboxes, on a connection of its own as it waits there. A move whose
 * reply was lost leaves its payload in the inbox: after each failure, and now and then, the inbox is looked through for
 * payloads that nobody here knows of.
 */
final class Taker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Taker.class);

    /** The longest wait on one list when there are others: those are looked at in between. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

    private static final Duration LONG_WAIT = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Redis redis;
    private final Redis shared;
    private final String worker;
    private final List<Keys> queues;
    private final Duration lookEvery;
    private final Map<String, Taken> known = new ConcurrentHashMap<>();
    private boolean lookNow = true;
    private long lastLook;

    /** While a command waits on the server: its connection's number there, and its answer. */
    private volatile @Nullable Waiting waiting;

    private volatile boolean closed;

    private record Waiting(CompletableFuture<Long> connection, CompletableFuture<byte[]> answer) {}

    /**
     * @param redis for this alone; closed with this
     * @param shared for what must not wait
     * @param lookEvery how often the inbox is looked through while all goes well
     */
    Taker(Redis redis, Redis shared, String worker, List<Keys> queues, Duration lookEvery) {
        this.redis = redis;
        this.shared = shared;
        this.worker = worker;
        this.queues = queues;
        this.lookEvery = lookEvery;
    }

    /** For one thread at a time. Empty at once when the thread is interrupted, and stays so, or this is closed. */
    Optional<Taken> take(Duration wait) {
        boolean good = false;
        try {
            Optional<Taken> taken = closed ? Optional.empty() : next(wait);
            good = true;
            return taken;
        } catch (IllegalStateException | QueueUnavailableException e) {
            if (closed) {
                return Optional.empty();
            }
            throw e;
        } finally {
            lookNow |= !good;
        }
    }

    /** The payload has left the inbox. */
    void settled(Taken taken) {
        known.remove(taken.token());
    }

    private Optional<Taken> next(Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        if (lookNow || System.nanoTime() - lastLook > lookEvery.toNanos()) {
            Optional<Taken> stray = stray();
            if (stray.isPresent()) {
                return stray;
            }
            lookNow = false;
            lastLook = System.nanoTime();
        }
        while (true) {
            long left = deadline - System.nanoTime();
            Optional<Taken> taken = queues.size() == 1 && left > 0 ? Optional.empty() : look();
            if (taken.isPresent() || left <= 0) {
                return taken;
            }
            taken = await(Duration.ofNanos(left));
            if (taken.isPresent() || closed || Thread.currentThread().isInterrupted()) {
                return taken;
            }
        }
    }

    /** The first that is there, the lists in their order. */
    private Optional<Taken> look() {
        for (Keys queue : queues) {
            byte[] payload = redis.call(
                    "take from " + queue.list(),
                    commands -> commands.lmove(queue.list(), queue.inbox(worker), LMoveArgs.Builder.rightLeft()));
            if (payload != null) {
                return Optional.of(taken(queue, payload));
            }
        }
        return Optional.empty();
    }

    private Optional<Taken> await(Duration left) {
        Duration longest = queues.size() == 1 ? LONG_WAIT : SHORT_WAIT;
        Duration wait = left.compareTo(longest) < 0 ? left : longest;
        Keys queue = queues.get(0);
        double seconds = Math.max(1, wait.toMillis()) / 1000.0; // 0 would wait for ever
        byte[] payload = block(queue, wait.plus(RedisServer.TIMEOUT), seconds);
        return payload == null ? Optional.empty() : Optional.of(taken(queue, payload));
    }

    private byte @Nullable [] block(Keys queue, Duration patience, double seconds) {
        try {
            return redis.call("take from " + queue.list(), patience, commands -> {
                CompletableFuture<Long> connection = commands.clientId().toCompletableFuture();
                CompletableFuture<byte[]> answer = commands.blmove(
                                queue.list(), queue.inbox(worker), LMoveArgs.Builder.rightLeft(), seconds)
                        .toCompletableFuture();
                waiting = new Waiting(connection, answer);
                return answer;
            });
        } catch (QueueUnavailableException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            byte[] payload = unblock();
            Thread.currentThread().interrupt();
            return payload;
        } finally {
            waiting = null;
        }
    }

    /** Ends the waiting on the server, which may have found a payload just now. */
    private byte @Nullable [] unblock() {
        Waiting command = waiting;
        if (command == null) {
            return null;
        }
        try {
            long connection = command.connection().get(1, TimeUnit.SECONDS);
            shared.call("stop waiting", commands -> commands.clientUnblock(connection, UnblockType.TIMEOUT));
            return command.answer().get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("cannot end the waiting of worker {}: {}", worker, e.getMessage());
            return null; // What it still takes is found in the inbox later.
        }
    }

    /** The oldest in the inboxes that no take of ours has handed out. */
    private Optional<Taken> stray() {
        for (Keys queue : queues) {
            discard(queue);
            List<byte[]> inbox = redis.call(
                    "look into the inbox of " + queue.list(), commands -> commands.lrange(queue.inbox(worker), 0, -1));
            List<Payload> expected = new ArrayList<>();
            for (Taken taken : known.values()) {
                if (taken.queue().equals(queue.queue())) {
                    expected.add(taken.payload());
                }
            }
            for (int i = inbox.size() - 1; i >= 0; i--) {
                if (!expected.remove(Payload.of(inbox.get(i)))) {
                    return Optional.of(taken(queue, inbox.get(i)));
                }
            }
        }
        return Optional.empty();
    }

    /** What is too large for its answer to arrive is no job, and would be in the way for ever. */
    private void discard(Keys queue) {
        List<Object> reply = redis.run(
                "look for what is too large in the inbox of " + queue.list(),
                Script.DISCARD,
                new String[] {queue.inbox(worker), queue.malformed()},
                new Args().add(JobJson.MAX_SEARCHED_BYTES).add("it is far too large to be a job"));
        if (Reply.number(reply) > 0) {
            String payloads = Count.of(Reply.number(reply), "payload");
            LOG.warn("Put away from {}: {} too large to be loaded", queue.list(), payloads);
        }
    }

    private Taken taken(Keys queue, byte[] payload) {
        byte[] token = new byte[8];
        RANDOM.nextBytes(token);
        Taken taken =
                new Taken(queue.queue(), Payload.of(payload), HexFormat.of().formatHex(token));
        known.put(taken.token(), taken);
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        unblock();
        redis.close();
    }
}
