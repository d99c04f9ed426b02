package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void aBurstThenTheRate() {
        RateLimiter limiter = new RateLimiter(0.5, 3, 10, now::get);
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isEqualTo(2);
        assertThat(limiter.take("b")).isZero();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(limiter.take("a")).isEqualTo(1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isEqualTo(2);
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.take("a")).isZero();
        }
        assertThat(limiter.take("a")).isEqualTo(2);
    }

    @Test
    void onlySoManyCallersAreRemembered() {
        RateLimiter limiter = new RateLimiter(1, 1, 100, now::get);
        for (int i = 0; i < 10_000; i++) {
            assertThat(limiter.take("caller " + i)).isZero();
        }
        assertThat(limiter.callers()).isEqualTo(100);
    }
}
