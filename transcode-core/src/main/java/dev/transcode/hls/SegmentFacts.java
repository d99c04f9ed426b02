package dev.transcode.hls;

/**
 * What one track holds in one segment, measured. Times are in the track's timescale and before its edit list.
 *
 * @param decodeTime of the first sample (tfdt)
 * @param duration the sum of the samples' durations (trun)
 * @param presentationStart earliest time a sample is shown
 * @param presentationEnd when the last one shown ends
 * @param samples at least 1
 * @param startsWithSync whether decoding can start at the first sample
 * @param firstSample from the start of the fragment (moof) to the end of its first sample's data
 * @param contiguous whether each fragment starts where the one before it ends
 * @param fragmentRelative whether data is addressed from the fragment's own start (default-base-is-moof)
 * @param bytes of the whole segment
 */
public record SegmentFacts(
        long decodeTime,
        long duration,
        long presentationStart,
        long presentationEnd,
        long samples,
        boolean startsWithSync,
        ByteRange firstSample,
        boolean contiguous,
        boolean fragmentRelative,
        long bytes) {
    /** When the last sample ends on the decode time line. */
    public long decodeEnd() {
        return decodeTime + duration;
    }
}
