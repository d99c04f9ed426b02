package dev.transcode.ffmpeg;

import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import dev.transcode.media.TrackScan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes in one track's packets in the file's order and measures it in constant memory. Not thread-safe.
 *
 * <p>Packets come in decoding order: a small window sorts the frames again, since H.264 and HEVC reorder over 16 frames
 * (32 fields) at most. The two fields of a frame are two packets in an H.264 transport stream and count as one frame.
 */
final class TrackScanner {
    private static final int WINDOW = 40;
    private static final long UNSET = Long.MIN_VALUE;

    private final StreamHeader header;
    private final long secondFieldWithin;
    private final PriorityQueue<Frame> window = new PriorityQueue<>();
    private final @Nullable IntervalHistogram intervals;
    private long packets;
    private long frames;
    private long keyframes;
    private long start = UNSET;
    private long end = UNSET;
    private long lastStart = UNSET;
    private long toSkip;
    private boolean encrypted;

    TrackScanner(StreamHeader header) {
        this.header = header;
        this.intervals = header.video() == null ? null : new IntervalHistogram();
        this.secondFieldWithin = secondFieldWithin(header);
    }

    StreamHeader header() {
        return header;
    }

    /** Packets read, those outside the edit list included. */
    long packets() {
        return packets;
    }

    /** Whether a packet said that its content is encrypted (ISO/IEC 23001-7). */
    boolean isEncrypted() {
        return encrypted;
    }

    /** From the first sample to the end of the last one so far, in nanoseconds. */
    long spanNanos() {
        return start == UNSET ? 0 : end - start;
    }

    /** @param offset added to all times, in nanoseconds: where the file's clock has jumped */
    void add(Packet packet, long offset) {
        packets++;
        encrypted |= packet.encrypted();
        long length = header.timeBase().nanos(packet.duration());
        // The decoder's delay may be longer than a packet, and goes on counting over discarded ones.
        long skipped = toSkip + samplesToNanos(packet.skippedSamples());
        toSkip = Math.max(0, skipped - length);
        if (packet.discarded()) {
            return;
        }
        long at = startOf(packet, offset);
        long from = at + Math.min(skipped, length);
        long until = Math.max(from, at + length - samplesToNanos(packet.paddedSamples()));
        start = start == UNSET ? from : Math.min(start, from);
        end = end == UNSET ? until : Math.max(end, until);
        if (intervals == null) {
            frames++;
            keyframes += packet.key() ? 1 : 0;
            return;
        }
        window.add(new Frame(from, packet.key()));
        if (window.size() > WINDOW) {
            present(window.remove());
        }
    }

    /** What the track holds; to be called after the last packet. */
    TrackScan scan() {
        flush();
        if (start == UNSET) {
            return TrackScan.EMPTY;
        }
        long until = end;
        if (intervals != null) {
            FrameTiming timing = timing();
            long interval = Math.round(1e9 / timing.rate().value());
            // Some demuxers give a last frame no length, or a tick (AVI), or a field's.
            if (!timing.variable() && until < lastStart + interval - interval / 4) {
                until = lastStart + interval;
            }
        }
        return new TrackScan(micros(start), micros(until), frames, keyframes);
    }

    /** The frame rate; of a picture only, after the last packet. */
    FrameTiming timing() {
        VideoHeader video = header.video();
        if (intervals == null || video == null) {
            throw new IllegalStateException(header.describe() + " is no picture");
        }
        flush();
        return FrameTiming.of(intervals, frames, spanNanos(), header.timeBase().tickNanos(), video);
    }

    /** FFmpeg's own clock counts in microseconds; less is rounding of sample counts. */
    private static Duration micros(long nanos) {
        return Duration.of(Math.floorDiv(nanos + 500, 1_000L), ChronoUnit.MICROS);
    }

    private void flush() {
        while (!window.isEmpty()) {
            present(window.remove());
        }
    }

    private void present(Frame frame) {
        long distance = frame.start - lastStart;
        if (lastStart != UNSET && distance >= 0 && distance < secondFieldWithin) {
            return;
        }
        frames++;
        keyframes += frame.key ? 1 : 0;
        if (lastStart != UNSET && distance >= 0 && intervals != null) {
            intervals.add(distance);
        }
        lastStart = lastStart == UNSET ? frame.start : Math.max(lastStart, frame.start);
    }

    private long startOf(Packet packet, long offset) {
        long ticks = packet.hasPresentationTime() ? packet.presentation() : packet.decoding();
        if (ticks == Packet.NO_TIME) {
            return end == UNSET ? 0 : end; // follows the one before
        }
        return header.timeBase().nanos(ticks) + offset;
    }

    private long samplesToNanos(long samples) {
        AudioHeader audio = header.audio();
        return samples == 0 || audio == null || audio.sampleRate() == 0
                ? 0
                : Math.round(samples * 1e9 / audio.sampleRate());
    }

    /** Nanoseconds within which a packet is the second field of the frame before; 0 where fields come in pairs. */
    private static long secondFieldWithin(StreamHeader header) {
        VideoHeader video = header.video();
        FieldOrder order = video == null ? FieldOrder.UNKNOWN : video.fieldOrder();
        FrameRate average = video == null ? null : video.average();
        if (!order.isInterlaced() || average == null || !header.codec().equals("h264")) {
            return 0;
        }
        // Above 40 the header has counted fields: no interlaced format has that many full frames a second.
        double framesPerSecond = average.value() > 40 ? average.value() / 2 : average.value();
        return Math.round(0.75e9 / framesPerSecond);
    }

    private record Frame(long start, boolean key) implements Comparable<Frame> {
        @Override
        public int compareTo(Frame other) {
            return Long.compare(start, other.start);
        }
    }
}
