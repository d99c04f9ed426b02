package dev.transcode.hls;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up the fragments of one segment (ISO/IEC 14496-12, 8.8.4 to 8.8.12). Not thread-safe. */
final class SegmentReader {
    private static final int BASE_DATA_OFFSET = 0x1;
    private static final int DESCRIPTION_INDEX = 0x2;
    private static final int DEFAULT_DURATION = 0x8;
    private static final int DEFAULT_SIZE = 0x10;
    private static final int DEFAULT_FLAGS = 0x20;
    private static final int DEFAULT_BASE_IS_MOOF = 0x20000;

    private final InitFacts init;
    private final ByteRange range;
    private final Map<Integer, TrackSum> sums = new LinkedHashMap<>();

    SegmentReader(InitFacts init, ByteRange range) {
        this.init = init;
        this.range = range;
    }

    /**
     * @param where the fragment's place in the file
     * @param moof its content
     */
    void fragment(TopLevelBox where, Box moof) throws MalformedMediaException {
        for (Box box : moof.children()) {
            if (box.type().equals("traf")) {
                trackFragment(where, box);
            }
        }
    }

    /** What was found, by track id. */
    Map<Integer, SegmentFacts> facts() throws MalformedMediaException {
        Map<Integer, SegmentFacts> facts = new LinkedHashMap<>();
        for (Map.Entry<Integer, TrackSum> entry : sums.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                facts.put(entry.getKey(), entry.getValue().facts(range.length()));
            }
        }
        if (facts.isEmpty()) {
            throw new MalformedMediaException("the segment has no sample");
        }
        return facts;
    }

    private void trackFragment(TopLevelBox moof, Box traf) throws MalformedMediaException {
        ByteBuffer header = traf.child("tfhd").read();
        int flags = header.getInt();
        TrackFacts track = track(header.getInt());
        long base = (flags & BASE_DATA_OFFSET) != 0 ? header.getLong() : moof.offset();
        InitReader.skip(header, (flags & DESCRIPTION_INDEX) != 0 ? 4 : 0);
        TrackFacts.SampleDefaults of = track.defaults();
        long duration = (flags & DEFAULT_DURATION) != 0 ? Integer.toUnsignedLong(header.getInt()) : of.duration();
        long size = (flags & DEFAULT_SIZE) != 0 ? Integer.toUnsignedLong(header.getInt()) : of.size();
        int sampleFlags = (flags & DEFAULT_FLAGS) != 0 ? header.getInt() : of.flags();

        TrackSum sum = sums.computeIfAbsent(track.id(), id -> new TrackSum());
        sum.startFragment(moof.offset(), base, decodeTime(traf), (flags & DEFAULT_BASE_IS_MOOF) != 0);
        TrackFacts.SampleDefaults defaults = new TrackFacts.SampleDefaults(duration, size, sampleFlags);
        for (Box box : traf.children()) {
            if (box.type().equals("trun")) {
                TrackRun.read(box, defaults, sum, range);
            }
        }
    }

    private TrackFacts track(int id) throws MalformedMediaException {
        for (TrackFacts track : init.tracks()) {
            if (track.id() == id) {
                return track;
            }
        }
        throw new MalformedMediaException("track " + id + " is not in the initialization section");
    }

    private static long decodeTime(Box traf) throws MalformedMediaException {
        ByteBuffer body = traf.child("tfdt").read();
        boolean wide = body.getInt() >>> 24 == 1;
        long time = wide ? body.getLong() : Integer.toUnsignedLong(body.getInt());
        if (time < 0) {
            throw new MalformedMediaException("decode time " + Long.toUnsignedString(time) + " is out of bounds");
        }
        return time;
    }
}
