package dev.transcode.hls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds small fragmented MP4s by hand, so that tests need no FFmpeg. */
final class Boxes {
    /** avcC of High@4.0. */
    static final byte[] AVCC = box("avcC", bytes(1, 0x64, 0, 0x28, 0xff, 0xe1, 0, 0, 0));

    /** esds of AAC-LC, 48 kHz, stereo. */
    static final byte[] ESDS = box(
            "esds",
            ints(0),
            bytes(3, 0x80, 0x80, 0x80, 0x25, 0, 1, 0),
            bytes(4, 0x80, 0x80, 0x80, 0x17, 0x40, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            bytes(5, 0x80, 0x80, 0x80, 5, 0x11, 0x90, 0x56, 0xe5, 0, 6, 0x80, 0x80, 0x80, 1, 2));

    private static final int SYNC = 0x0200_0000;
    private static final int NON_SYNC = 0x0101_0000;

    private Boxes() {}

    static byte[] box(String type, byte[]... parts) {
        byte[] body = join(parts);
        return join(ints(body.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] videoEntry(String type, int width, int height, byte[]... boxes) {
        return box(type, new byte[24], ints(width << 16 | height), new byte[50], join(boxes));
    }

    static byte[] audioEntry(String type, int channels, int rate, byte[]... boxes) {
        return box(type, new byte[16], ints(channels << 16 | 16), ints(0), ints(rate << 16), join(boxes));
    }

    /** One entry of (duration, media time) for each pair. */
    static byte[] edits(int... pairs) {
        byte[] entries = new byte[0];
        for (int i = 0; i < pairs.length; i += 2) {
            entries = join(entries, ints(pairs[i], pairs[i + 1], 0x1_0000));
        }
        return box("edts", box("elst", ints(0, pairs.length / 2), entries));
    }

    static byte[] init(String handler, int timescale, byte[] edits, byte[] entry) {
        byte[] stsd = box("stsd", ints(0, 1), entry);
        byte[] mdia = box(
                "mdia",
                box("mdhd", ints(0, 0, 0, timescale, 0, 0)),
                box("hdlr", ints(0, 0), handler.getBytes(StandardCharsets.ISO_8859_1), new byte[13]),
                box("minf", box("stbl", stsd)));
        byte[] trak = box("trak", box("tkhd", ints(3, 0, 0, 1), new byte[68]), edits, mdia);
        return join(
                box(
                        "ftyp",
                        "iso5".getBytes(StandardCharsets.ISO_8859_1),
                        ints(512),
                        "iso6".getBytes(StandardCharsets.ISO_8859_1)),
                box(
                        "moov",
                        box("mvhd", ints(0, 0, 0, 1000, 0)),
                        trak,
                        box("mvex", box("trex", ints(0, 1, 1, 0, 0, 0)))));
    }

    /** 640x360, High@4.0; its first frame is shown {@code delay} after its decode time. */
    static byte[] videoInit(int timescale, int delay) {
        return init("vide", timescale, edits(0, delay), videoEntry("avc1", 640, 360, AVCC));
    }

    /** AAC-LC, 48 kHz, stereo, with 1024 samples of priming. */
    static byte[] audioInit() {
        return init("soun", 48_000, edits(0, 1024), audioEntry("mp4a", 2, 48_000, ESDS));
    }

    /** A segment as FFmpeg writes it: styp, sidx, and one fragment whose first sample alone is a keyframe. */
    static byte[] segment(long decodeTime, int samples, int sampleDuration, int sampleSize) {
        byte[] fragment = fragment(decodeTime, samples, sampleDuration, sampleSize, SYNC);
        return join(
                box("styp", "msdh".getBytes(StandardCharsets.ISO_8859_1), ints(0)),
                box("sidx", new byte[44]),
                fragment);
    }

    /** A segment no decoder can start at. */
    static byte[] segmentWithoutKeyframe(long decodeTime, int samples, int sampleDuration, int sampleSize) {
        return fragment(decodeTime, samples, sampleDuration, sampleSize, NON_SYNC);
    }

    private static byte[] fragment(long decodeTime, int samples, int duration, int size, int firstFlags) {
        byte[] tfhd = box("tfhd", ints(0x2_0038, 1, duration, size, NON_SYNC));
        byte[] tfdt = box("tfdt", ints(1 << 24, (int) (decodeTime >> 32), (int) decodeTime));
        // The offset of the data is known once the fragment's size is.
        byte[] moof = moof(tfhd, tfdt, samples, 0, firstFlags);
        return join(moof(tfhd, tfdt, samples, moof.length + 8, firstFlags), box("mdat", new byte[samples * size]));
    }

    private static byte[] moof(byte[] tfhd, byte[] tfdt, int samples, int dataOffset, int firstFlags) {
        byte[] trun = box("trun", ints(0x5, samples, dataOffset, firstFlags));
        return box("moof", box("mfhd", ints(0, 1)), box("traf", tfhd, tfdt, trun));
    }
}
