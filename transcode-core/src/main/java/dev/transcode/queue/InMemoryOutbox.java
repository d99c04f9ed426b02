package dev.transcode.queue;

import dev.transcode.job.JobId;
import dev.transcode.queue.MemoryDeliveries.Due;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
        return state.call(() -> {
            List<Due> due = new ArrayList<>(state.deliveries.pending.values());
            due.removeIf(one -> one.at().isAfter(state.now()));
            due.sort(Comparator.comparing(Due::at));
            List<OutboxEntry> taken = new ArrayList<>();
            for (Due one : due.subList(0, Math.min(limit, due.size()))) {
                state.deliveries.pending.put(
                        one.entry().eventId(), new Due(one.entry(), state.now().plus(hold)));
                taken.add(one.entry());
            }
            return taken;
        });
    }

    @Override
    public void settle(OutboxEntry entry, String log) {
        state.run(() -> {
            if (state.deliveries.pending.remove(entry.eventId()) != null) {
                state.deliveries.log(entry.job(), log);
            }
        });
    }

    @Override
    public void again(OutboxEntry entry, Duration delay, String log) {
        state.run(() -> {
            OutboxEntry next = tried(entry, entry.tries() + 1);
            Due due = new Due(next, state.now().plus(delay));
            if (state.deliveries.pending.replace(entry.eventId(), due) != null) {
                state.deliveries.log(entry.job(), log);
            }
        });
    }

    @Override
    public Optional<OutboxEntry> resend(JobId job) {
        return state.call(() -> {
            OutboxEntry last = state.deliveries.last.get(job);
            if (last == null) {
                return Optional.empty();
            }
            OutboxEntry entry = tried(last, 0);
            state.deliveries.pending.put(entry.eventId(), new Due(entry, state.now()));
            return Optional.of(entry);
        });
    }

    private static OutboxEntry tried(OutboxEntry entry, int tries) {
        return new OutboxEntry(
                entry.eventId(), entry.job(), entry.url(), entry.trusted(), entry.body(), tries, entry.createdAt());
    }

    @Override
    public List<String> log(JobId job) {
        return state.call(() -> state.deliveries.log(job));
    }
}
