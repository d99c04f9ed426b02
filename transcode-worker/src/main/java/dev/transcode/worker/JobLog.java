package dev.transcode.worker;

import dev.transcode.internal.OneLine;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** The last lines about an attempt, for its status: at most 4 kB. Thread-safe. */
final class JobLog {
    private static final int MAX_CHARACTERS = 4_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Clock clock;
    private final Deque<String> lines = new ArrayDeque<>();
    private int characters;

    JobLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String text) {
        LocalTime time = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        String whole = TIME.format(time) + " " + OneLine.of(text);
        String line = whole.length() <= MAX_CHARACTERS / 4 ? whole : whole.substring(0, MAX_CHARACTERS / 4);
        lines.add(line);
        characters += line.length() + 1;
        while (characters > MAX_CHARACTERS) {
            characters -= lines.remove().length() + 1;
        }
    }

    /** One line each, oldest first. */
    synchronized String text() {
        return String.join("\n", lines);
    }
}
