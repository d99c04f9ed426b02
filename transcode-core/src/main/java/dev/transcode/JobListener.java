package dev.transcode;

import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.MediaInfo;

/** Hears of a job while it runs, from one thread at a time. Must not block for long. */
@FunctionalInterface
public interface JobListener {
    /** Called at the start of each stage, and about twice a second while encoding. */
    void onProgress(JobProgress progress);

    /** Called once, before encoding starts. */
    default void onPlan(MediaInfo media, EncodePlan plan) {}
}
