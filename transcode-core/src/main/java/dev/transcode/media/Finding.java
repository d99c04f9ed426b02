package dev.transcode.media;

/**
 * Something odd about an input, and what is done about it.
 *
 * @param code what kind of oddity
 * @param observed what was seen, e.g. {@code display matrix turns the picture by 90 degrees}
 * @param fix what is done about it, e.g. {@code rotation baked into the pixels}
 */
public record Finding(FindingCode code, String observed, String fix) {
    @Override
    public String toString() {
        return code.wire() + ": " + observed + "; " + fix;
    }
}
