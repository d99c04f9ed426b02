package dev.transcode.hls;

/**
 * A part of a file.
 *
 * @param offset of its first byte, at least 0
 * @param length bytes, at least 1
 */
public record ByteRange(long offset, long length) {
    public ByteRange {
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a byte range: " + length + "@" + offset);
        }
    }

    /** Offset of the first byte after it. */
    public long end() {
        return offset + length;
    }
}
