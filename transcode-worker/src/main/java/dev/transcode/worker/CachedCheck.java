package dev.transcode.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Asks another check at most once in a while: who looks at /readyz must not be able to make traffic. Thread-safe. */
final class CachedCheck implements SelfCheck {
    private final SelfCheck check;
    private final Duration time;
    private final LongSupplier nanoTime;
    private Optional<String> last = Optional.empty();
    private boolean asked;
    private long askedAt;

    CachedCheck(SelfCheck check, Duration time, LongSupplier nanoTime) {
        this.check = check;
        this.time = time;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Optional<String> problem() {
        long now = nanoTime.getAsLong();
        if (!asked || now - askedAt >= time.toNanos()) {
            last = check.problem();
            asked = true;
            askedAt = nanoTime.getAsLong();
        }
        return last;
    }
}
