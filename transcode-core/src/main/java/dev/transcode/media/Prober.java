package dev.transcode.media;

import dev.transcode.job.Cancellation;
import java.nio.file.Path;

/** Finds out what is in a file. Implementations are thread-safe. */
public interface Prober {
    /**
     * Reads the headers and scans every packet of {@code file}; decodes next to nothing.
     *
     * @throws dev.transcode.job.TranscodeException with {@code input_not_found}, {@code bad_input},
     *     {@code unsupported_format}, {@code no_video}, {@code truncated_input} or a {@code limit_*} code; with
     *     {@code time_limit}, {@code ffmpeg_missing} or {@code ffmpeg_killed} if the probing program fails; with the
     *     cancellation's own reason if it fires. No process is left in any case
     */
    MediaInfo probe(Path file, Cancellation cancellation);
}
