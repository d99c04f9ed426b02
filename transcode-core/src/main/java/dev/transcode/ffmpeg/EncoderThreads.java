package dev.transcode.ffmpeg;

import dev.transcode.ladder.Rendition;
import java.util.List;

/**
 * How many threads x264 gets for each rendition of a plan. Pure.
 *
 * <p>Left alone it takes one and a half for each core, for every rendition: twelve on two cores for a ladder of four, and
 * those of the small ones mostly wait for each other (about 3 % of the CPU time, measured). Here all of them together get
 * about two for each core, shared out by pixels a second. It does not see a container's limit either; {@code cores} does.
 */
final class EncoderThreads {
    private static final int FOR_EACH_CORE = 2;

    private EncoderThreads() {}

    /**
     * @param all the renditions that are encoded at the same time, this one among them
     * @param cores that may be used, at least 1
     * @return at least 1, at most what x264 takes by itself
     */
    static int of(Rendition rendition, List<Rendition> all, int cores) {
        double sum = 0;
        for (Rendition other : all) {
            sum += load(other);
        }
        int byShare = (int) Math.ceil(FOR_EACH_CORE * cores * load(rendition) / sum);
        int usual = (3 * cores + 1) / 2;
        return Math.max(1, Math.min(byShare, usual));
    }

    private static double load(Rendition rendition) {
        return rendition.size().pixels() * rendition.frameRate().value();
    }
}
