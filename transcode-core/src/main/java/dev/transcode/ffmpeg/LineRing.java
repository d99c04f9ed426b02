package dev.transcode.ffmpeg;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines of a log, bounded. Thread-safe. */
final class LineRing {
    private final int capacity;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    /** @param capacity lines kept */
    LineRing(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(String line) {
        if (lines.size() == capacity) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The lines kept, oldest first. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
