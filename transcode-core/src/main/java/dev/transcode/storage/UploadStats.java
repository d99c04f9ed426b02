package dev.transcode.storage;

import java.time.Duration;

/**
 * What was uploaded and how fast.
 *
 * @param objects how many were put
 * @param bytes their size in all
 * @param busy how long at least one put was under way; waiting for the encoder does not count
 */
public record UploadStats(long objects, long bytes, Duration busy) {
    /** 10^6 bytes a second; 0 if nothing was uploaded. */
    public double megabytesPerSecond() {
        return busy.isZero() ? 0 : bytes / 1e6 / (busy.toNanos() / 1e9);
    }
}
