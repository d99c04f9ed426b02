package dev.transcode.encode;

import java.nio.file.Path;

/** Hears of an encode while it runs, from one thread at a time. Must not block for long. */
public interface EncodeListener {
    /** Ignores everything. */
    EncodeListener NONE = new EncodeListener() {};

    /** Called about twice a second, and once at the end. */
    default void onProgress(EncodeProgress progress) {}

    /**
     * A segment or init file is whole and will not change. Of each rendition the files come in order, the init first.
     * The last two segments are never told: packaging may still merge them.
     *
     * @param directory the rendition's folder name, {@link dev.transcode.ladder.EncodePlan#directoryOf}
     * @param file the finished file
     */
    default void onSegment(String directory, Path file) {}
}
