package dev.transcode.verify;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The source, to compare a suspicious picture with.
 *
 * @param file local
 * @param streamIndex of the picture in it
 * @param start where the output's time 0 lies on its time line
 */
record SourceFilm(Path file, int streamIndex, Duration start) {}
