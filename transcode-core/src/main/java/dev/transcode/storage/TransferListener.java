package dev.transcode.storage;

/** Hears how far a transfer is, from any thread. */
@FunctionalInterface
public interface TransferListener {
    TransferListener NONE = (done, total) -> {};

    /**
     * @param done bytes so far
     * @param total bytes in all
     */
    void onBytes(long done, long total);
}
