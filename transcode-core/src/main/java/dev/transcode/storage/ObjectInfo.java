package dev.transcode.storage;

import java.util.Map;

/**
 * What a store says about an object.
 *
 * @param bytes its size
 * @param etag identifies this content: equal tags mean equal bytes, in one store
 * @param metadata the user metadata it was put with, keys in lower case
 */
public record ObjectInfo(long bytes, String etag, Map<String, String> metadata) {
    public ObjectInfo {
        metadata = Map.copyOf(metadata);
    }
}
