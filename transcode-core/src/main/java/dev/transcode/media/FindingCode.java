package dev.transcode.media;

import java.util.Locale;

/** What can be odd about an input or what was decided because of it. Published in JSON in lower case. */
public enum FindingCode {
    ROTATED,
    INTERLACED,
    VARIABLE_FRAME_RATE,
    FRAME_RATE_CAPPED,
    HDR,
    HIGH_BIT_DEPTH,
    CHROMA_SUBSAMPLING,
    FULL_RANGE,
    ANAMORPHIC,
    ODD_SIZE,
    CHANNELS_DOWNMIXED,
    CHANNELS_UPMIXED,
    SAMPLE_RATE_CONVERTED,
    NO_AUDIO,
    AUDIO_ONLY,
    COVER_ART_IGNORED,
    VIDEO_TRACKS_IGNORED,
    AUDIO_TRACKS_IGNORED,
    SUBTITLES_IGNORED,
    DATA_IGNORED,
    START_OFFSET_REMOVED,
    AUDIO_LATE,
    VIDEO_LATE,
    AUDIO_LONGER,
    AUDIO_SHORTER,
    HEADER_DURATION_WRONG,
    HEADER_DURATION_MISSING,
    TRUNCATED,
    DECODE_ERRORS,
    RUNGS_DROPPED,
    SOURCE_BELOW_LADDER,
    LEVEL_ABOVE_ROKU,
    SEGMENT_ABOVE_ROKU,
    SEGMENT_LENGTHENED;

    /** The published word, e.g. {@code start_offset_removed}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
