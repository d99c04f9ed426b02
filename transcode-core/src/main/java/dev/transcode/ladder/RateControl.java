package dev.transcode.ladder;

import java.util.Locale;

/** What the encoder aims at. */
public enum RateControl {
    /** The rung's bitrate on average, bounded by a VBV buffer. */
    BITRATE,
    /** A constant quality, never above what the rung's VBV buffer allows. */
    CRF;

    /** The published word, e.g. {@code crf}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
