package dev.transcode.cli.doctor;

import java.time.Duration;
import java.util.Locale;

/** Numbers as the lines show them. */
final class Figures {
    private Figures() {}

    /** {@code 0.4 ms}, {@code 34 ms}, {@code 1.2 s}. */
    static String time(Duration time) {
        double ms = time.toNanos() / 1e6;
        if (ms < 10) {
            return String.format(Locale.ROOT, "%.1f ms", ms);
        }
        return ms < 1_000 ? Math.round(ms) + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }

    /** {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 12 days}. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 120 * 60) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    /** {@code 678 B}, {@code 34 kB}, {@code 1.2 MB}, {@code 3.4 GB}; decimal. */
    static String bytes(long bytes) {
        if (bytes >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
        }
        if (bytes >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return bytes >= 1_000 ? Math.round(bytes / 1e3) + " kB" : bytes + " B";
    }
}
