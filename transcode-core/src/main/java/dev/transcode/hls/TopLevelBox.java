package dev.transcode.hls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a box lies in a file; its body stays there, because media data can be larger than memory.
 *
 * @param offset of its header in the file
 * @param size bytes, header included
 * @param header bytes of the header, 8 or 16
 */
record TopLevelBox(String type, long offset, long size, int header) {
    private static final int MAX_BOXES = 100_000;

    /** Far above any moov or moof of a segmented file, far below what would hurt. */
    private static final int MAX_IN_MEMORY = 32 << 20;

    /**
     * The boxes that fill {@code range} of a file.
     *
     * @throws MalformedMediaException if the last one ends elsewhere than the range
     */
    static List<TopLevelBox> scan(FileChannel file, ByteRange range) throws IOException, MalformedMediaException {
        if (range.end() > file.size()) {
            throw new MalformedMediaException("the file ends at " + file.size() + ", before byte " + range.end());
        }
        List<TopLevelBox> boxes = new ArrayList<>();
        long position = range.offset();
        while (position < range.end()) {
            TopLevelBox box = at(file, position, range.end());
            boxes.add(box);
            position += box.size;
            if (boxes.size() > MAX_BOXES) {
                throw new MalformedMediaException("more than " + MAX_BOXES + " boxes");
            }
        }
        return boxes;
    }

    private static TopLevelBox at(FileChannel file, long position, long end)
            throws IOException, MalformedMediaException {
        long room = end - position;
        if (room < 8) {
            throw new MalformedMediaException(room + " bytes are left over at " + position);
        }
        ByteBuffer header = read(file, position, (int) Math.min(16, room));
        long size = Integer.toUnsignedLong(header.getInt());
        String type = Box.type(header);
        int headerSize = 8;
        if (size == 1 && room >= 16) {
            size = header.getLong();
            headerSize = 16;
        } else if (size == 0) {
            size = room;
        }
        if (size < headerSize || size > room) {
            throw new MalformedMediaException(
                    "box '" + type + "' at " + position + " says " + size + " bytes where " + room + " are left");
        }
        return new TopLevelBox(type, position, size, headerSize);
    }

    /** Its body, loaded. */
    Box load(FileChannel file) throws IOException, MalformedMediaException {
        if (size > MAX_IN_MEMORY) {
            throw new MalformedMediaException("box '" + type + "' of " + size + " bytes is too large");
        }
        return new Box(type, read(file, offset + header, (int) size - header));
    }

    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }
}
