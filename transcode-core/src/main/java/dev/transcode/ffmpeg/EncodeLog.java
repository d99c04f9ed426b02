package dev.transcode.ffmpeg;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What FFmpeg says of an encode in its verbose log ({@code -v level+verbose}): how much it decoded, what it could not
 * decode, what it took, what it complained about. Reads the words of FFmpeg 5.1 to 8. Used by one thread.
 */
final class EncodeLog {
    private static final int COMPLAINTS = 40;

    /** {@code [h264 @ 0x5626409bee00] [error] Invalid NAL unit size}: who, how bad, what. */
    private static final Pattern LINE = Pattern.compile("((?:\\[[^\\]]*] ?)*)(.*)");

    private static final Pattern BAD = Pattern.compile("\\[(?:warning|error|fatal|panic)]");

    /** {@code Input stream #0:1 (audio): 249 packets read (255526 bytes); 249 frames decoded; 0 decode errors} */
    private static final Pattern INPUT_STREAM = Pattern.compile("Input stream #0:(\\d+) \\(\\w+\\): (\\d+) packets read"
            + " \\(\\d+ bytes\\); (\\d+) frames decoded(?:; (\\d+) decode errors)?.*");

    /** FFmpeg 5.1: {@code Error while decoding stream #0:0: Invalid data found when processing input} */
    private static final Pattern DECODE_ERROR = Pattern.compile("Error while decoding stream #0:(\\d+).*");

    /** FFmpeg 8 says the same without a number, and counts at its end. */
    private static final Pattern PACKET_REFUSED = Pattern.compile("Error submitting packet to decoder: .*");

    /** A frame the decoder patched up: what H.26x and MPEG say of it, and what FFmpeg says of any codec. */
    private static final Pattern CONCEALED = Pattern.compile("concealing \\d+ DC, .*");

    private static final Pattern CORRUPT = Pattern.compile("(?:.*: )?corrupt decoded frame(?: in stream \\d+)?");

    /** Ends FFmpeg: its sound filters know one format only. */
    private static final String SOUND_CHANGED = "Changing audio frame properties on the fly is not supported.";

    /** {@code 132 frames in, 130 frames out; ...} of the fps filter: what the source's picture gave. */
    private static final Pattern FRAMES_OUT = Pattern.compile("\\d+ frames in, (\\d+) frames out; .*");

    private static final Pattern CPU = Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s.*");
    private static final Pattern MEMORY = Pattern.compile("bench: maxrss=(\\d+)[kK]i?B.*");

    private final Map<Integer, Decoded> streams = new HashMap<>();
    private final Map<Integer, Long> errorLines = new HashMap<>();
    private final LineRing complaints = new LineRing(COMPLAINTS);
    private long concealedFrames;
    private long corruptFrames;
    private long sourceFrames;
    private long refusedPackets;
    private boolean soundChanged;
    private Duration cpu = Duration.ZERO;
    private long peakMemoryBytes;

    /**
     * What became of a stream's packets.
     *
     * @param packets read from the file
     * @param frames that came out of the decoder
     * @param errors packets the decoder refused
     */
    record Decoded(long packets, long frames, long errors) {
        static final Decoded NOTHING = new Decoded(0, 0, 0);
    }

    void accept(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return;
        }
        String text = parts.group(2).strip();
        if (BAD.matcher(parts.group(1)).find()) {
            complain(text);
        }
        Matcher input = INPUT_STREAM.matcher(text);
        Matcher error = DECODE_ERROR.matcher(text);
        Matcher framesOut = FRAMES_OUT.matcher(text);
        if (input.matches()) {
            long errors = input.group(4) == null ? 0 : Long.parseLong(input.group(4));
            Decoded decoded = new Decoded(Long.parseLong(input.group(2)), Long.parseLong(input.group(3)), errors);
            streams.put(Integer.valueOf(input.group(1)), decoded);
        } else if (error.matches()) {
            errorLines.merge(Integer.valueOf(error.group(1)), 1L, Long::sum);
            refusedPackets++;
        } else if (PACKET_REFUSED.matcher(text).matches()) {
            refusedPackets++;
        } else if (framesOut.matches()) {
            sourceFrames = Long.parseLong(framesOut.group(1));
        } else if (CONCEALED.matcher(text).matches()) {
            concealedFrames++;
        } else if (CORRUPT.matcher(text).matches()) {
            corruptFrames++;
        } else {
            acceptBenchmark(text);
        }
    }

    /** FFmpeg repeats some warnings with every frame; one of each is enough. */
    private void complain(String text) {
        soundChanged |= text.equals(SOUND_CHANGED);
        if (!complaints.lines().contains(text)) {
            complaints.add(text);
        }
    }

    private void acceptBenchmark(String text) {
        Matcher time = CPU.matcher(text);
        Matcher memory = MEMORY.matcher(text);
        if (time.matches()) {
            cpu = seconds(time.group(1)).plus(seconds(time.group(2)));
        } else if (memory.matches()) {
            peakMemoryBytes = Long.parseLong(memory.group(1)) * 1_024;
        }
    }

    /** Whether FFmpeg came to the end and said what it had read. */
    boolean hasRead() {
        return !streams.isEmpty();
    }

    /** Packets of all streams that decoders refused, also where FFmpeg did not come to the end. */
    long refusedPackets() {
        return refusedPackets;
    }

    /** What was decoded of stream {@code index}; nothing, if FFmpeg ended before it said so. */
    Decoded decoded(int index) {
        Decoded said = streams.getOrDefault(index, Decoded.NOTHING);
        long errors = Math.max(said.errors(), errorLines.getOrDefault(index, 0L));
        return new Decoded(said.packets(), said.frames(), errors);
    }

    /** Frames with parts missing that the decoder patched up. */
    long damagedFrames() {
        return Math.max(concealedFrames, corruptFrames);
    }

    /** Whether FFmpeg gave up because the sound changed its sample rate or channels. */
    boolean soundChanged() {
        return soundChanged;
    }

    /** Frames at the output's rate before the end was padded; 0 for audio only. */
    long sourceFrames() {
        return sourceFrames;
    }

    /** User and system time. */
    Duration cpu() {
        return cpu;
    }

    /** Resident memory at its peak. */
    long peakMemoryBytes() {
        return peakMemoryBytes;
    }

    /** The last warnings and errors, oldest first, each once. */
    List<String> complaints() {
        return complaints.lines();
    }

    private static Duration seconds(String text) {
        return Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e9));
    }
}
