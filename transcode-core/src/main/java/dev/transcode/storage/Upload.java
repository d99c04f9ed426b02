package dev.transcode.storage;

import java.nio.file.Path;

/**
 * One file to publish.
 *
 * @param file local file, which must not change afterwards
 * @param key relative to the output prefix, e.g. {@code r-0a1b2c3d-7/v-720p/s00000.m4s}
 * @param contentType as in {@link PutOptions}
 * @param cacheControl as in {@link PutOptions}
 */
public record Upload(Path file, String key, String contentType, String cacheControl) {}
