package dev.transcode.ffmpeg;

import org.jspecify.annotations.Nullable;

/**
 * A packet as {@code ffprobe -show_packets} prints it.
 *
 * @param stream its stream's index
 * @param presentation presentation time in ticks, or {@link #NO_TIME}
 * @param decoding decoding time in ticks, or {@link #NO_TIME}
 * @param duration in ticks; 0 if unknown
 * @param key whether decoding can start here
 * @param discarded whether it lies outside the edit list: decoded perhaps, never shown
 * @param encrypted whether it says so
 * @param skippedSamples samples the decoder throws away at its start (encoder delay)
 * @param paddedSamples samples the decoder throws away at its end
 */
record Packet(
        int stream,
        long presentation,
        long decoding,
        long duration,
        boolean key,
        boolean discarded,
        boolean encrypted,
        long skippedSamples,
        long paddedSamples) {
    static final long NO_TIME = Long.MIN_VALUE;

    /** What ffprobe is asked for, in this order, and the form {@link #parse} reads. */
    static final String ENTRIES = "packet=stream_index,pts,dts,duration,flags"
            + ":packet_side_data=side_data_type,skip_samples,discard_padding";

    static final String FORMAT = "compact=print_section=0:nokey=1:escape=none";

    private static final String SKIP = "Skip Samples|";
    private static final String ENCRYPTED = "Encryption info";

    boolean hasPresentationTime() {
        return presentation != NO_TIME;
    }

    /**
     * Reads {@code 0|5490|5490|3600|K__}, to which side data may be added: {@code |Skip Samples|1105|0}.
     *
     * @return null for a line that is no packet, such as the empty ones FFmpeg 5.1 prints after side data
     */
    static @Nullable Packet parse(String line) {
        int a = line.indexOf('|');
        int b = line.indexOf('|', a + 1);
        int c = line.indexOf('|', b + 1);
        int d = line.indexOf('|', c + 1);
        if (a < 1 || b < 0 || c < 0 || d < 0) {
            return null;
        }
        int e = line.indexOf('|', d + 1);
        String flags = line.substring(d + 1, e < 0 ? line.length() : e);
        long[] cut = e < 0 ? new long[2] : cutSamples(line, e);
        try {
            return new Packet(
                    Integer.parseInt(line, 0, a, 10),
                    ticks(line, a + 1, b),
                    ticks(line, b + 1, c),
                    Math.max(0, ticks(line, c + 1, d)),
                    flags.startsWith("K"),
                    flags.startsWith("D", 1),
                    e >= 0 && line.indexOf(ENCRYPTED, e) >= 0,
                    cut[0],
                    cut[1]);
        } catch (NumberFormatException notAPacket) {
            return null;
        }
    }

    private static long ticks(String line, int from, int to) {
        return line.charAt(from) == 'N' ? NO_TIME : Long.parseLong(line, from, to, 10);
    }

    private static long[] cutSamples(String line, int from) {
        int at = line.indexOf(SKIP, from);
        if (at < 0) {
            return new long[2];
        }
        String[] numbers = line.substring(at + SKIP.length()).split("\\|", 3);
        return new long[] {Long.parseLong(numbers[0]), numbers.length < 2 ? 0 : Long.parseLong(numbers[1])};
    }
}
