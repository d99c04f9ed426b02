package dev.transcode.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a program ended.
 *
 * @param code what it returned; 128 + n if signal n killed it
 * @param lastLines the last lines of its stderr, oldest first
 * @param wall time from start to end
 */
record ToolExit(int code, List<String> lastLines, Duration wall) {
    /**
     * The signals that end programs, by number. Others are no signals to us although their codes look alike: FFmpeg
     * from 6 on returns the low byte of its AVERROR, and e.g. "invalid data" is 183 = 128 + 55.
     */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(6, "ABRT"),
            Map.entry(7, "BUS"),
            Map.entry(8, "FPE"),
            Map.entry(9, "KILL"),
            Map.entry(11, "SEGV"),
            Map.entry(13, "PIPE"),
            Map.entry(15, "TERM"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(31, "SYS"));

    private static final int SIGNAL_BASE = 128;

    /** SIGKILL: nobody of ours sent it when a run returns normally, so usually the kernel did, for want of memory. */
    static final int KILL = 9;

    /** SIGXFSZ: the program wrote a file longer than {@link ToolProcess#maxFileBytes} allows. */
    static final int FILE_SIZE = 25;

    ToolExit {
        lastLines = List.copyOf(lastLines);
    }

    boolean isSuccess() {
        return code == 0;
    }

    /** The signal that ended it; empty if it ended by itself. */
    OptionalInt signal() {
        int signal = code - SIGNAL_BASE;
        return SIGNALS.containsKey(signal) ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /** For messages: {@code exited 1} or {@code was killed by signal 9 (KILL)}. */
    String describe() {
        OptionalInt signal = signal();
        if (signal.isEmpty()) {
            return "exited " + code;
        }
        return "was killed by signal " + signal.getAsInt() + " (" + SIGNALS.get(signal.getAsInt()) + ")";
    }

    /** At most {@code count} of its last lines in one, joined by {@code " | "}, for messages. */
    String lastWords(int count) {
        return String.join(" | ", lastLines.subList(Math.max(0, lastLines.size() - count), lastLines.size()));
    }
}
