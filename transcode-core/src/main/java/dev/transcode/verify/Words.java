package dev.transcode.verify;

import java.time.Duration;
import java.util.Locale;

/** Numbers as the checks print them. */
final class Words {
    private Words() {}

    /** {@code 4.004 s}; to the microsecond where less would hide the difference. */
    static String seconds(Duration duration) {
        long nanos = duration.toNanos();
        return String.format(Locale.ROOT, nanos % 1_000_000 == 0 ? "%.3f s" : "%.6f s", nanos / 1e9);
    }

    static String rate(long bitsPerSecond) {
        return bitsPerSecond + " bit/s";
    }

    /** What an exception says, in words. */
    static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
