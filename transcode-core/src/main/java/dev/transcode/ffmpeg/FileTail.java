package dev.transcode.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Whether a file ends inside one of its own parts, by the sizes these claim. FFmpeg tells of the samples of a
 * {@code moov} that are not there, but not of a fragment whose data are cut off, nor of a short WAV.
 */
final class FileTail {
    private static final int HEADER_BYTES = 16;

    /** A film of 12 hours in fragments of a frame each has fewer. */
    private static final int MAX_BOXES = 6_000_000;

    /** Garbage after the last box must not pass for a long box. */
    private static final Set<String> CUT_BOXES = Set.of("mdat", "moof", "moov");

    private FileTail() {}

    /** Bytes missing of a QuickTime, MP4, AVI or WAV file; 0 for a whole one and for other formats. */
    static long missingBytes(Path file, String format) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (format.startsWith("mov")) {
                return missingInBoxes(channel);
            }
            return format.equals("avi") || format.equals("wav") ? missingInRiff(channel) : 0;
        }
    }

    /** Walks from box to box (ISO/IEC 14496-12, 4.2), reading 16 bytes of each. */
    private static long missingInBoxes(FileChannel channel) throws IOException {
        long size = channel.size();
        long position = 0;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        for (int box = 0; box < MAX_BOXES && position + 8 <= size; box++) {
            header.clear();
            channel.read(header, position);
            long length = length(header, size - position);
            if (length < 8 || length > Long.MAX_VALUE - position) {
                return 0; // no box: padding or trailing garbage, which players skip
            }
            position += length;
            if (position > size) {
                return CUT_BOXES.contains(fourLetters(header, 4)) ? position - size : 0;
            }
        }
        return 0;
    }

    private static long length(ByteBuffer header, long rest) {
        long length = Integer.toUnsignedLong(header.getInt(0));
        if (length == 0) {
            return rest; // to the end of the file
        }
        return length == 1 && header.position() == HEADER_BYTES ? header.getLong(8) : length;
    }

    /** The first chunk's size; recorders that never finished leave 0 or all ones. */
    private static long missingInRiff(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(header, 0);
        long claimed = Integer.toUnsignedLong(header.getInt(4));
        if (!fourLetters(header, 0).equals("RIFF") || claimed >= 0xFFFF_FF00L) {
            return 0;
        }
        return Math.max(0, claimed + 8 - channel.size());
    }

    private static String fourLetters(ByteBuffer header, int at) {
        byte[] type = new byte[4];
        header.get(at, type);
        return new String(type, StandardCharsets.ISO_8859_1);
    }
}
