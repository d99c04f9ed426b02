package dev.transcode.queue;

import dev.transcode.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The webhooks of an {@link InMemoryBackend}. */
final class InMemoryOutbox implements Outbox {
    private final MemoryState state;

    InMemoryOutbox(MemoryState state) {
        this.state = state;
    }

    @Override
    public List<OutboxEntry> due(int limit, Duration hold) {
        return state.call(
                () -> state.deliveries.take(limit, state.now(), state.now().plus(hold)));
    }

    @Override
    public void settle(OutboxEntry entry, String log) {
        state.run(() -> state.deliveries.tried(entry, Optional.empty(), log));
    }

    @Override
    public void again(OutboxEntry entry, Duration delay, String log) {
        state.run(() -> state.deliveries.tried(entry, Optional.of(state.now().plus(delay)), log));
    }

    @Override
    public Optional<OutboxEntry> resend(JobId job) {
        return state.call(() -> state.deliveries.resend(job, state.now()));
    }

    @Override
    public List<String> log(JobId job) {
        return state.call(() -> state.deliveries.log(job));
    }
}
