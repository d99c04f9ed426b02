package dev.transcode.media;

/** Whether a picture holds one instant or two fields, and which of them is first in time. */
public enum FieldOrder {
    PROGRESSIVE,
    TOP_FIRST,
    BOTTOM_FIRST,
    UNKNOWN;

    public boolean isInterlaced() {
        return this == TOP_FIRST || this == BOTTOM_FIRST;
    }
}
