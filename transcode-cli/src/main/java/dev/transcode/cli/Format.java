package dev.transcode.cli;

import dev.transcode.internal.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers and commands as people read them. */
final class Format {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Format() {}

    /** {@code 1.2 GB}, {@code 34.5 MB}, {@code 678 kB}; decimal, as disks and networks count. */
    static String bytes(long bytes) {
        if (bytes >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
        }
        if (bytes >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return bytes >= 1_000 ? Math.round(bytes / 1e3) + " kB" : bytes + " B";
    }

    /** {@code 3.94 Mbit/s} or {@code 812 kbit/s}. */
    static String bitrate(long bitsPerSecond) {
        return bitsPerSecond >= 1_000_000
                ? String.format(Locale.ROOT, "%.2f Mbit/s", bitsPerSecond / 1e6)
                : Math.round(bitsPerSecond / 1e3) + " kbit/s";
    }

    /** {@code 12.34 s} below a minute, else {@code 1:02:03} or {@code 2:03}. */
    static String duration(Duration duration) {
        if (duration.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
        }
        return clock(duration);
    }

    /** {@code 0:07}, {@code 2:03}, {@code 1:02:03}. */
    static String clock(Duration duration) {
        long seconds = Math.round(duration.toNanos() / 1e9);
        return seconds >= 3_600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** In one line of at most {@code width} characters. */
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    /** What others wrote must not break or turn the line, nor steer the terminal. */
    static String plain(String text) {
        return OneLine.marked(text);
    }

    /** {@code 2026-11-22 19:50:01Z}. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }

    /** How long ago, roughly: {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 12 d}. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 120 * 60) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** A command that can be pasted into a POSIX shell. */
    static String shell(List<String> command) {
        return command.stream().map(Format::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
