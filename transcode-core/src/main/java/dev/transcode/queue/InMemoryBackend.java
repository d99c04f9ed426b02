package dev.transcode.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A queue in this process: the reference implementation of the ports, and what serves one machine without a server. Holds
 * no more than 1,000 ended jobs and 10,000 events; nothing outlives the process. Thread-safe.
 *
 * <p>Leases, delays and the status's times follow the clock; {@link JobQueue#take} and {@link JobEvents#read} wait in
 * real time and wake up at once when there is something.
 */
public final class InMemoryBackend implements QueueBackend {
    private final MemoryState state;
    private final InMemoryOutbox outbox;

    private InMemoryBackend(Builder builder) {
        state = new MemoryState(builder.clock, builder.lease, builder.endWebhook, builder.maxWaiting);
        outbox = new InMemoryOutbox(state);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What a producer's {@code LPUSH} does: queues a payload, whatever it is, and writes no status. */
    public void push(String queue, Payload payload) {
        state.run(() -> state.list(queue).pushLast(payload, state.now()));
    }

    @Override
    public JobQueue worker(String worker, List<String> queues) {
        return new InMemoryJobQueue(state, worker, queues);
    }

    @Override
    public QueueUpkeep upkeep(List<String> queues) {
        return new InMemoryUpkeep(state, queues);
    }

    @Override
    public JobStore store() {
        return new InMemoryJobStore(state);
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public JobEvents events() {
        return new InMemoryEvents(state);
    }

    /** Wakes up everybody who waits; they find nothing. */
    @Override
    public void close() {
        state.run(() -> state.closed = true);
    }

    /** For this package's tests. */
    MemoryState state() {
        return state;
    }

    /** Has a default for everything. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private Duration lease = Duration.ofSeconds(30);
        private EndWebhook endWebhook = EndWebhook.NONE;
        private int maxWaiting = 100_000;

        private Builder() {}

        /** By default the system's. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** By default 30 s. */
        public Builder lease(Duration lease) {
            this.lease = Objects.requireNonNull(lease, "lease");
            return this;
        }

        /** By default {@link EndWebhook#NONE}. */
        public Builder endWebhook(EndWebhook endWebhook) {
            this.endWebhook = Objects.requireNonNull(endWebhook, "endWebhook");
            return this;
        }

        /** From how many waiting payloads on a submission finds the queue full; by default 100,000. */
        public Builder maxWaiting(int maxWaiting) {
            this.maxWaiting = maxWaiting;
            return this;
        }

        /** @throws IllegalArgumentException if the lease or the number of waiting payloads is not positive */
        public InMemoryBackend build() {
            if (lease.isZero() || lease.isNegative() || maxWaiting < 1) {
                throw new IllegalArgumentException(
                        "a queue needs a lease and room for a payload: " + lease + ", " + maxWaiting);
            }
            return new InMemoryBackend(this);
        }
    }
}
