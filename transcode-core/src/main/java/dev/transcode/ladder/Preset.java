package dev.transcode.ladder;

import java.util.Locale;

/** How much time the encoder spends on quality at the same bitrate, by x264's names. */
public enum Preset {
    ULTRAFAST,
    SUPERFAST,
    VERYFAST,
    FASTER,
    FAST,
    MEDIUM,
    SLOW,
    SLOWER,
    VERYSLOW;

    /** The published word, e.g. {@code veryfast}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
