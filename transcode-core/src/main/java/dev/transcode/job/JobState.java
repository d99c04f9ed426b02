package dev.transcode.job;

import java.util.Locale;
import java.util.Optional;

/**
 * The published word of a job's state, field {@code status} of its status. Where exactly a processing job stands is its
 * {@link Stage}; a job that waits for its next attempt is queued at stage {@link Stage#RETRY}.
 */
public enum JobState {
    QUEUED,
    PROCESSING,
    COMPLETE,
    FAILED,
    CANCELLED;

    /** The published word, e.g. {@code complete}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with that published word; empty for any other. */
    public static Optional<JobState> fromWire(String word) {
        for (JobState state : values()) {
            if (state.wire().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether the job has ended; only a new push or a retry brings it back. */
    public boolean ended() {
        return this == COMPLETE || this == FAILED || this == CANCELLED;
    }
}
