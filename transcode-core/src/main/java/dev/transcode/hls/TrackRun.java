package dev.transcode.hls;

import dev.transcode.hls.TrackFacts.SampleDefaults;
import java.nio.ByteBuffer;

/** A run of samples (trun; ISO/IEC 14496-12, 8.8.8). */
final class TrackRun {
    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_SAMPLE_FLAGS = 0x4;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION_OFFSET = 0x800;

    /** Far above any segment: 20 minutes of 48 kHz AAC have 56,000. */
    private static final int MAX_SAMPLES = 1_000_000;

    private TrackRun() {}

    /** Adds each sample of {@code trun} to {@code sum}. */
    static void read(Box trun, SampleDefaults defaults, TrackSum sum, ByteRange segment)
            throws MalformedMediaException {
        ByteBuffer body = trun.read();
        int word = body.getInt();
        boolean signed = word >>> 24 != 0;
        int count = body.getInt();
        // Where a run names no values of its own, a count needs no bytes behind it.
        if (count < 0 || count > MAX_SAMPLES - sum.samples()) {
            throw new MalformedMediaException("a segment of more than " + MAX_SAMPLES + " samples");
        }
        if ((word & DATA_OFFSET) != 0) {
            sum.moveData(body.getInt());
        }
        int firstFlags = (word & FIRST_SAMPLE_FLAGS) != 0 ? body.getInt() : defaults.flags();
        for (int i = 0; i < count; i++) {
            long duration = (word & DURATION) != 0 ? Integer.toUnsignedLong(body.getInt()) : defaults.duration();
            long size = (word & SIZE) != 0 ? Integer.toUnsignedLong(body.getInt()) : defaults.size();
            int flags = i == 0 ? firstFlags : defaults.flags();
            if ((word & FLAGS) != 0) {
                flags = body.getInt();
            }
            long offset = 0;
            if ((word & COMPOSITION_OFFSET) != 0) {
                int value = body.getInt();
                offset = signed ? value : Integer.toUnsignedLong(value);
            }
            sum.add(duration, size, flags, offset, segment);
        }
    }
}
