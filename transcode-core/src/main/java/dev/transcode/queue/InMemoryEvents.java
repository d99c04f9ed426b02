package dev.transcode.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The events of an {@link InMemoryBackend}; a position is the event's number. */
final class InMemoryEvents implements JobEvents {
    private static final int MAX_READ = 1_000;

    private final MemoryState state;

    InMemoryEvents(MemoryState state) {
        this.state = state;
    }

    @Override
    public String end() {
        return state.call(() -> String.valueOf(state.lastEvent()));
    }

    @Override
    public List<JobEvent> read(String position, Duration wait) {
        long after = Long.parseLong(position);
        return state.await(wait, () -> Optional.of(since(after)).filter(events -> !events.isEmpty()))
                .orElse(List.of());
    }

    private List<JobEvent> since(long after) {
        return state.events.stream()
                .filter(event -> Long.parseLong(event.position()) > after)
                .limit(MAX_READ)
                .toList();
    }

    /** Nothing to close: the reader holds nothing of its own. */
    @Override
    public void close() {}
}
