package dev.transcode.ladder;

import java.util.Locale;

/** The codec of a rendition's picture. */
public enum VideoCodec {
    H264;

    /** The published word, e.g. {@code h264}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
