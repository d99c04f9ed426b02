package dev.transcode;

import dev.transcode.job.Stage;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param stage where in the pipeline
 * @param percent of the whole job, 0 to 100, never falling
 * @param speed media time encoded a second of wall time; 0 outside of {@link Stage#ENCODE}
 * @param framesPerSecond encoded a second of wall time; 0 outside of {@link Stage#ENCODE}
 * @param eta time left until the job ends, while it can be told
 */
public record JobProgress(Stage stage, double percent, double speed, double framesPerSecond, Optional<Duration> eta) {}
