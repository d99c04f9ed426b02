package dev.transcode.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until a test moves it. Thread-safe. */
public final class TestClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Always this one: times are in UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
