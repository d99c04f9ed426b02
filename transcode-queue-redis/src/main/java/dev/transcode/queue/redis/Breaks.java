package dev.transcode.queue.redis;

import java.time.Duration;

/** Since when the server has been there without a break. Thread-safe. */
final class Breaks {
    private static final Duration LONG_AGO = Duration.ofDays(365);

    private long last = System.nanoTime() - LONG_AGO.toNanos();

    /** The server was away just now. */
    synchronized void happened() {
        last = System.nanoTime();
    }

    /** It has been up only that long. */
    synchronized void serverStarted(Duration uptime) {
        Duration up = uptime.compareTo(LONG_AGO) < 0 ? uptime : LONG_AGO;
        last = Math.max(last - System.nanoTime(), -up.toNanos()) + System.nanoTime();
    }

    synchronized Duration since() {
        return Duration.ofNanos(System.nanoTime() - last);
    }
}
