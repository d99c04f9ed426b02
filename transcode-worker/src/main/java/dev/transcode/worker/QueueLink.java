package dev.transcode.worker;

import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the queue answers, as all threads of a worker see it; says so once, then every few seconds. Thread-safe. */
final class QueueLink {
    private static final Logger log = LoggerFactory.getLogger(QueueLink.class);
    private static final Duration REMINDER = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private @Nullable String trouble;
    private long since;
    private long saidAt;

    QueueLink(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it is the server's doing, not a mistake of ours. */
    static boolean isOutage(RuntimeException e) {
        return e instanceof QueueUnavailableException || e instanceof QueueRefusedException;
    }

    synchronized void answered() {
        if (trouble != null) {
            log.info("The queue answers again after {} s", seconds(since));
            trouble = null;
        }
    }

    /** @param what verb and object: what could not be done */
    synchronized void failed(String what, RuntimeException e) {
        boolean first = trouble == null;
        if (first) {
            since = nanoTime.getAsLong();
        }
        trouble = String.valueOf(e.getMessage());
        if (!isOutage(e)) {
            log.error("cannot {}: unexpected: {}", what, e.toString(), e);
        } else if (first || nanoTime.getAsLong() - saidAt >= REMINDER.toNanos()) {
            log.warn("cannot {}: {}; trying again, for {} s now", what, trouble, seconds(since));
        } else {
            return;
        }
        saidAt = nanoTime.getAsLong();
    }

    /** What is wrong now; empty if nothing is. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private long seconds(long from) {
        return Duration.ofNanos(nanoTime.getAsLong() - from).toSeconds();
    }
}
