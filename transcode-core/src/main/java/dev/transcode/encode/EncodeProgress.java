package dev.transcode.encode;

import java.time.Duration;

/**
 * How far an encode is.
 *
 * @param position time already encoded
 * @param frames frames encoded of the first rendition
 * @param framesPerSecond encoded a second of wall time
 * @param speed media time encoded a second of wall time, e.g. 2.5
 */
public record EncodeProgress(Duration position, long frames, double framesPerSecond, double speed) {}
