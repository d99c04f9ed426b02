package dev.transcode.cli.serve.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bucket of permits for each caller: holds {@code burst}, and {@code perSecond} run in. Remembers the callers seen
 * last, at most {@code maxCallers}: one that was forgotten begins with a full bucket. Thread-safe.
 */
final class RateLimiter {
    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets;

    /** @param nanos the time, as {@link System#nanoTime} */
    RateLimiter(double perSecond, double burst, int maxCallers, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > maxCallers;
            }
        };
    }

    private static final class Bucket {
        private double permits;
        private long at;
    }

    /** @return 0 if the caller may go on; else after how many seconds to try again, rounded up */
    synchronized long take(String caller) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(caller, c -> {
            Bucket full = new Bucket();
            full.permits = burst;
            full.at = now;
            return full;
        });
        double ran = (now - bucket.at) * perSecond / TimeUnit.SECONDS.toNanos(1);
        bucket.permits = Math.min(burst, bucket.permits + ran);
        bucket.at = now;
        if (bucket.permits >= 1) {
            bucket.permits--;
            return 0;
        }
        return (long) Math.ceil((1 - bucket.permits) / perSecond);
    }

    synchronized int callers() {
        return buckets.size();
    }
}
