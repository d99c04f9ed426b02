package dev.transcode.hls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of an ISO base media file (ISO/IEC 14496-12, 4.2), in memory.
 *
 * <p>Files come from strangers: no size is believed before it was compared with what is there. Reading past a body's end
 * throws {@link java.nio.BufferUnderflowException}, which {@link Mp4Reader} turns into a malformed file.
 *
 * @param type four characters, e.g. {@code moof}
 * @param body what follows the header, big endian, positioned at its start
 */
record Box(String type, ByteBuffer body) {
    private static final int MAX_CHILDREN = 10_000;

    /** The boxes that fill {@code buffer} from its position to its limit; the buffer itself is left as it is. */
    static List<Box> in(ByteBuffer buffer) throws MalformedMediaException {
        ByteBuffer rest = buffer.slice();
        List<Box> boxes = new ArrayList<>();
        while (rest.remaining() >= 8) {
            int start = rest.position();
            long size = Integer.toUnsignedLong(rest.getInt());
            String type = type(rest);
            if (size == 1) {
                size = rest.getLong();
            } else if (size == 0) {
                size = (long) rest.limit() - start;
            }
            int header = rest.position() - start;
            if (size < header || size > (long) rest.limit() - start) {
                throw new MalformedMediaException("box '" + type + "' of " + size + " bytes does not fit its place");
            }
            if (boxes.size() == MAX_CHILDREN) {
                throw new MalformedMediaException("more than " + MAX_CHILDREN + " boxes in one");
            }
            boxes.add(new Box(type, rest.slice(start + header, (int) size - header)));
            rest.position(start + (int) size);
        }
        return boxes;
    }

    /** The boxes inside this one. */
    List<Box> children() throws MalformedMediaException {
        return in(body);
    }

    /**
     * The first box of {@code type} inside this one.
     *
     * @throws MalformedMediaException if there is none
     */
    Box child(String type) throws MalformedMediaException {
        for (Box box : children()) {
            if (box.type.equals(type)) {
                return box;
            }
        }
        throw new MalformedMediaException("box '" + this.type + "' has no '" + type + "'");
    }

    /** The body from its start, for reading: a view of its own. */
    ByteBuffer read() {
        return body.slice();
    }

    /** Reads a four-character code; bytes outside ASCII become the character of their value. */
    static String type(ByteBuffer buffer) {
        byte[] code = new byte[4];
        buffer.get(code);
        return new String(code, StandardCharsets.ISO_8859_1);
    }
}
