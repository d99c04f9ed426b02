package dev.transcode.storage;

import dev.transcode.job.Cancellation;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An object store. Implementations are thread-safe, classify each failure once, and retry by themselves what is worth
 * retrying at once; callers never stack a loop on them.
 *
 * <p>Every method throws {@link dev.transcode.job.TranscodeException}: {@code s3_auth}, {@code no_such_bucket},
 * {@code s3_5xx}, {@code s3_timeout}, {@code slow_down}, {@code reset}, {@code disk_full} or {@code io_error};
 * {@code invalid_job} for a key that this store can't hold; and with the cancellation's own reason if it fires.
 */
public interface Storage {
    /**
     * What the store says about an object; empty if it is missing or may not be asked for. A bucket that does not exist
     * is {@code no_such_bucket} where the store can tell: so a job into a wrong one ends before anything is encoded.
     */
    Optional<ObjectInfo> stat(ObjectRef object);

    /**
     * Makes the bytes of an object available as a local file, whole and checked.
     *
     * @param directory where a download goes, under a name of the implementation's own; a store whose objects are
     *     local files may return the object's own file, so the result is only ever read
     * @throws dev.transcode.job.TranscodeException {@code input_not_found} if it is missing or denied;
     *     {@code checksum_mismatch} if it changed on the way; nothing half done is left
     */
    Path fetch(ObjectRef object, Path directory, TransferListener listener, Cancellation cancellation);

    /**
     * Opens a part of an object, to be handed on as it comes: nothing is written here, nothing is tried again once it
     * flows.
     *
     * @param offset of the first byte, less than the object's size
     * @param length at most so many bytes, 1 or more; less if the object ends before
     * @return whoever asked closes it; its {@link java.io.IOException} says that the rest does not come
     * @throws dev.transcode.job.TranscodeException {@code input_not_found} if the object is missing or denied
     */
    InputStream read(ObjectRef object, long offset, long length);

    /**
     * Writes {@code file} as one object, replacing what was there: readers see the old or the new one, never a part.
     * The file must not change afterwards: an implementation may share its bytes.
     *
     * @return the object as it is now
     * @throws dev.transcode.job.TranscodeException {@code publish_conflict} if the condition does not hold
     */
    ObjectInfo put(ObjectRef object, Path file, PutOptions options, Cancellation cancellation);

    /** As {@link #put(ObjectRef, Path, PutOptions, Cancellation)}, and says how far it is; by default only at the end. */
    default ObjectInfo put(
            ObjectRef object, Path file, PutOptions options, TransferListener listener, Cancellation cancellation) {
        ObjectInfo info = put(object, file, options, cancellation);
        listener.onBytes(info.bytes(), info.bytes());
        return info;
    }

    /**
     * The keys that start with {@code prefix}, in no particular order; empty if there are none or they may not be
     * listed.
     */
    List<String> list(String bucket, String prefix);

    /** Removes objects; one that is missing is no error, one that may not be removed is logged and left. */
    void delete(String bucket, Collection<String> keys);
}
