package dev.transcode.storage;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.nio.charset.StandardCharsets;

/**
 * Names one object in a store. A key is never used as the name of a local file outside {@link LocalStorage}.
 *
 * @param bucket 1 to 255 characters
 * @param key 1 to 1,024 bytes of UTF-8, no NUL
 */
public record ObjectRef(String bucket, String key) {
    private static final int MAX_KEY_BYTES = 1_024;

    /** @throws TranscodeException ({@link FailureCode#INVALID_JOB}) if a part is out of bounds */
    public ObjectRef {
        if (bucket.isEmpty() || bucket.length() > 255 || bucket.indexOf('\0') >= 0) {
            throw new TranscodeException(FailureCode.INVALID_JOB, "bucket is not 1 to 255 characters");
        }
        if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES || key.indexOf('\0') >= 0) {
            throw new TranscodeException(FailureCode.INVALID_JOB, "key is not 1 to 1,024 bytes");
        }
    }

    /** {@code bucket/key}, for messages. */
    @Override
    public String toString() {
        return bucket + "/" + key;
    }
}
