package dev.transcode;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import java.nio.file.Path;
import java.util.Locale;

/** Whether a job fits the disk, asked before work is wasted on it. */
final class DiskCheck {
    /** Segments, MP4s beside them, and one rung's tracks while it is remuxed. */
    private static final double FACTOR = 2.2;

    private DiskCheck() {}

    /**
     * @param workFolder where the output is made
     * @throws TranscodeException {@code disk_full} if the output is not going to fit
     */
    static void forOutput(EncodePlan plan, Path workFolder) {
        long needed = bytesNeeded(plan);
        // Not Files.getFileStore: that fails in a chroot, whose mount point is not listed.
        long free = workFolder.toFile().getUsableSpace();
        if (free < needed) {
            throw new TranscodeException(
                    FailureCode.DISK_FULL,
                    String.format(
                            Locale.ROOT,
                            "cannot encode in %s: about %.1f GB are needed and %.1f GB are free",
                            workFolder.getParent(),
                            needed / 1e9,
                            free / 1e9));
        }
    }

    /** Bytes the work folder may have to hold. */
    static long bytesNeeded(EncodePlan plan) {
        long bitsPerSecond = 0;
        for (Rendition rendition : plan.renditions()) {
            bitsPerSecond += rendition.bitrate().bitsPerSecond();
        }
        for (AudioRendition rendition : plan.audio()) {
            bitsPerSecond += rendition.bitrate().bitsPerSecond();
        }
        return (long) (plan.duration().toNanos() / 1e9 * bitsPerSecond / 8 * FACTOR);
    }
}
