package dev.transcode.storage;

import java.util.Map;
import java.util.Optional;

/**
 * How an object is put.
 *
 * @param contentType MIME type, e.g. {@code video/mp4}
 * @param cacheControl value of the Cache-Control header
 * @param metadata user metadata, keys in lower case
 * @param condition what must hold of the object being replaced
 */
public record PutOptions(
        String contentType, String cacheControl, Map<String, String> metadata, Optional<Condition> condition) {
    public PutOptions {
        metadata = Map.copyOf(metadata);
    }

    /** Without metadata or condition. */
    public static PutOptions of(String contentType, String cacheControl) {
        return new PutOptions(contentType, cacheControl, Map.of(), Optional.empty());
    }

    /**
     * What must hold of the object being replaced, or the put fails with {@code publish_conflict}.
     *
     * @param etag its tag; empty = there must be no object
     */
    public record Condition(Optional<String> etag) {}
}
