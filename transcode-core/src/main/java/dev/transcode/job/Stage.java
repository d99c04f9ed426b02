package dev.transcode.job;

import java.util.Locale;

/** Where a running job stands, in the order of the pipeline. */
public enum Stage {
    FETCH,
    PROBE,
    PLAN,
    ENCODE,
    PACKAGE,
    VERIFY,
    PUBLISH,
    RETRY;

    /** The published word, e.g. {@code encode}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
