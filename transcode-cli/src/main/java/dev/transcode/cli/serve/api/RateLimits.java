package dev.transcode.cli.serve.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A limiter for each {@link Rate}. Thread-safe. */
final class RateLimits {
    private static final int MAX_CALLERS = 10_000;

    private final Map<Rate, RateLimiter> limiters = new EnumMap<>(Rate.class);

    /** @param factor 1, or less to see the limits in a test */
    RateLimits(double factor, LongSupplier nanos) {
        for (Rate rate : Rate.values()) {
            limiters.put(
                    rate,
                    new RateLimiter(rate.perSecond() * factor, Math.max(1, rate.burst() * factor), MAX_CALLERS, nanos));
        }
    }

    /** @throws ApiProblem 429 if the caller has to wait */
    void take(Rate rate, String caller) {
        RateLimiter limiter = limiters.get(rate);
        long seconds = limiter == null ? 0 : limiter.take(caller);
        if (seconds > 0) {
            throw new ApiProblem(
                            429,
                            "rate_limited",
                            "cannot answer: too many calls of this kind",
                            "Wait for the seconds that Retry-After tells, and call less often.")
                    .retryAfter(seconds);
        }
    }
}
