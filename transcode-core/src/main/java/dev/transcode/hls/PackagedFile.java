package dev.transcode.hls;

import java.nio.file.Path;

/**
 * A local file and where it is published.
 *
 * @param file exists and will not change any more
 * @param key relative to the output prefix, e.g. {@code r-1a2b3c4d-7/v-720p/s00000.m4s}
 */
public record PackagedFile(Path file, String key, FileKind kind) {}
