package dev.transcode.hls;

/** One track's samples in one segment, added up as they are read. */
final class TrackSum {
    /** Decoding can't start here (sample_is_non_sync_sample; ISO/IEC 14496-12, 8.8.3.1). */
    private static final int NON_SYNC = 0x1_0000;

    private long fragment;
    private long base;
    private long data;
    private boolean started;
    private boolean contiguous = true;
    private boolean fragmentRelative = true;
    private long decodeTime;
    private long time;
    private long duration;
    private long samples;
    private long presentationStart = Long.MAX_VALUE;
    private long presentationEnd = Long.MIN_VALUE;
    private boolean startsWithSync;
    private ByteRange firstSample = new ByteRange(0, 1);

    /**
     * @param moof offset of the fragment in the file
     * @param base what data offsets count from
     * @param decodeTime of its first sample
     */
    void startFragment(long moof, long base, long decodeTime, boolean fragmentRelative) {
        if (started) {
            contiguous &= decodeTime == time;
        } else {
            this.decodeTime = decodeTime;
        }
        started = true;
        this.fragment = moof;
        this.base = base;
        this.data = base;
        this.time = decodeTime;
        this.fragmentRelative &= fragmentRelative;
    }

    /** The next run's data starts {@code offset} from the fragment's base. */
    void moveData(int offset) {
        data = Math.addExact(base, offset);
    }

    void add(long sampleDuration, long size, int flags, long compositionOffset, ByteRange segment)
            throws MalformedMediaException {
        long end = Math.addExact(data, size);
        if (data < segment.offset() || end > segment.end()) {
            throw new MalformedMediaException("sample " + samples + " lies outside the segment");
        }
        if (samples == 0) {
            startsWithSync = (flags & NON_SYNC) == 0;
            if (end <= fragment) {
                throw new MalformedMediaException("the first sample lies before its fragment");
            }
            firstSample = new ByteRange(fragment, end - fragment);
        }
        long shown = Math.addExact(time, compositionOffset);
        presentationStart = Math.min(presentationStart, shown);
        presentationEnd = Math.max(presentationEnd, Math.addExact(shown, sampleDuration));
        time = Math.addExact(time, sampleDuration);
        duration += sampleDuration;
        data = end;
        samples++;
    }

    long samples() {
        return samples;
    }

    boolean isEmpty() {
        return samples == 0;
    }

    SegmentFacts facts(long bytes) {
        return new SegmentFacts(
                decodeTime,
                duration,
                presentationStart,
                presentationEnd,
                samples,
                startsWithSync,
                firstSample,
                contiguous,
                fragmentRelative,
                bytes);
    }
}
