package dev.transcode.ladder;

/**
 * One entry of a job's outputs.
 *
 * @param kind what it is
 * @param profile the name the contract gives it: the rung's, {@code audio}, or {@code hls}
 * @param file its name below the output prefix, e.g. {@code 720p.mp4}
 */
public record PlannedOutput(Kind kind, String profile, String file) {
    /** The forms of output. */
    public enum Kind {
        /** A progressive MP4 of one rendition and its audio. */
        MP4,
        /** The multivariant playlist over all renditions. */
        HLS
    }
}
