package dev.transcode.media;

/**
 * How the numbers of a picture stand for light, in FFmpeg's words ({@code bt709}, {@code smpte2084}, {@code tv});
 * {@code unknown} where the file does not say.
 */
public record Color(String range, String space, String primaries, String transfer) {
    public static final String UNKNOWN = "unknown";

    /** Nothing is said. */
    public static final Color UNSPECIFIED = new Color(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);

    /** Whether the transfer is PQ or HLG (ITU-R BT.2100). */
    public boolean isHdr() {
        return transfer.equals("smpte2084") || transfer.equals("arib-std-b67");
    }

    public boolean isFullRange() {
        return range.equals("pc");
    }
}
