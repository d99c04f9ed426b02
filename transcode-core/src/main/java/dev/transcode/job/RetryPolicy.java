package dev.transcode.job;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether and when a failed attempt is followed by another: as often as its {@link FailureCode} allows, after
 * {@code rand(0.5..1) x min(600 s, 5 s x 4^(n-1))}. Pure but for the random number.
 */
public final class RetryPolicy {
    private static final double FIRST_SECONDS = 5;
    private static final double MAX_SECONDS = 600;

    private RetryPolicy() {}

    /**
     * @param attempt the number of the attempt that failed, from 1
     * @return how long to wait before the next; empty if this failure is final
     */
    public static Optional<Duration> delayAfter(FailureCode code, int attempt, RandomGenerator random) {
        if (attempt >= code.attempts()) {
            return Optional.empty();
        }
        double seconds = Math.min(MAX_SECONDS, FIRST_SECONDS * Math.pow(4, attempt - 1.0));
        return Optional.of(Duration.ofMillis((long) (seconds * (0.5 + random.nextDouble() / 2) * 1000)));
    }
}
