package dev.transcode.job;

/**
 * One published file of a complete job, as the wire contract names it.
 *
 * @param profile the rung's name, {@code audio}, or {@code hls}
 * @param key the object's whole key
 */
public record JobOutput(String profile, String key) {}
