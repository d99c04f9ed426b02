package dev.transcode.queue.redis;

import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUpkeep;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The queue on a Redis server of version 6.2 or newer, alone or behind Sentinel; not on Redis Cluster. Nothing is
 * connected before the first call of a port, so it can be built while Redis is away; every port's call then throws
 * {@link dev.transcode.queue.QueueUnavailableException} until it is back. {@link QueueRefusedException} tells of a wrong
 * password, a cluster, a version too old. Thread-safe.
 */
public final class RedisBackend implements QueueBackend {
    private final RedisServer server;
    private final Redis shared;
    private final Duration lease;
    private final EndWebhook endWebhook;
    private final int maxWaiting;
    private final List<AutoCloseable> handedOut = new CopyOnWriteArrayList<>();

    private RedisBackend(Builder builder, RedisURI uri) {
        server = new RedisServer(uri);
        shared = new Redis(server);
        lease = builder.lease;
        endWebhook = builder.endWebhook;
        maxWaiting = builder.maxWaiting;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes the connection that most calls share, so that a program that starts may do something else meanwhile. Needs
     * not be called.
     *
     * @throws dev.transcode.queue.QueueUnavailableException if Redis is away
     * @throws QueueRefusedException if it refuses us
     */
    public void connect() {
        shared.connect();
    }

    /** What the server tells of itself: the fields of INFO, e.g. {@code redis_version}; what it leaves out is missing. */
    public Map<String, String> info() {
        return ServerInfo.fields(shared.call("ask Redis for INFO", commands -> commands.info()));
    }

    /** How long the server takes to answer a PING; the first call also connects. */
    public Duration ping() {
        long start = System.nanoTime();
        String unused = shared.call("ping Redis", commands -> commands.ping());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public JobQueue worker(String worker, List<String> queues) {
        RedisJobQueue queue = new RedisJobQueue(shared, new Redis(server), worker, keys(queues), lease, endWebhook);
        handedOut.add(queue);
        return queue;
    }

    @Override
    public QueueUpkeep upkeep(List<String> queues) {
        return new RedisUpkeep(shared, server, keys(queues), lease, endWebhook);
    }

    @Override
    public JobStore store() {
        return new RedisJobStore(shared, lease, endWebhook, maxWaiting);
    }

    @Override
    public Outbox outbox() {
        return new RedisOutbox(shared);
    }

    @Override
    public JobEvents events() {
        RedisJobEvents events = new RedisJobEvents(new Redis(server));
        handedOut.add(events);
        return events;
    }

    @Override
    public void close() {
        for (AutoCloseable port : handedOut) {
            try {
                port.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close a port of the queue: " + e.getMessage(), e);
            }
        }
        shared.close();
        server.close();
    }

    private static List<Keys> keys(List<String> queues) {
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("no queue is named");
        }
        return queues.stream().map(Keys::new).toList();
    }

    /** Settings; {@link #uri} has no default. */
    public static final class Builder {
        private @Nullable String uri;
        private Duration lease = Duration.ofSeconds(30);
        private EndWebhook endWebhook = EndWebhook.NONE;
        private int maxWaiting = 1_000_000;
        private Optional<String> clientName = Optional.empty();

        private Builder() {}

        /**
         * {@code redis://}, {@code rediss://} (TLS, the certificate is checked) or {@code redis-sentinel://}, with user,
         * password, port and database, e.g. {@code rediss://user:password@host:6380/1}.
         */
        public Builder uri(String uri) {
            this.uri = uri;
            return this;
        }

        /** How long a worker may be silent before its jobs are taken from it; default 30 s. */
        public Builder lease(Duration lease) {
            this.lease = lease;
            return this;
        }

        /** Which webhook the end of a job causes; default none. */
        public Builder endWebhook(EndWebhook endWebhook) {
            this.endWebhook = endWebhook;
            return this;
        }

        /** From how many waiting payloads on {@link JobStore#submit} finds the queue full; default 1,000,000. */
        public Builder maxWaiting(int maxWaiting) {
            this.maxWaiting = maxWaiting;
            return this;
        }

        /** What CLIENT LIST shows; default none. */
        public Builder clientName(String clientName) {
            this.clientName = Optional.of(clientName);
            return this;
        }

        /** @throws QueueRefusedException if the address is none; the message does not repeat it */
        public RedisBackend build() {
            if (uri == null) {
                throw new IllegalArgumentException("the address of Redis is missing");
            }
            if (lease.toMillis() < 1 || maxWaiting < 1) {
                throw new IllegalArgumentException(
                        "a queue needs a lease and room for a payload: " + lease + ", " + maxWaiting);
            }
            return new RedisBackend(this, RedisAddress.parse(uri, clientName));
        }
    }
}
