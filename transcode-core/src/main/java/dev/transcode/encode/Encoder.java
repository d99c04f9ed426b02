package dev.transcode.encode;

import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import java.nio.file.Path;
import java.util.List;

/** Turns a plan into media files. Implementations are thread-safe: each call has its own processes and folder. */
public interface Encoder {
    /**
     * Makes every rendition of {@code plan} from {@code source} in one pass: one folder each below {@code directory},
     * named by {@link EncodePlan#directoryOf}, holding {@code init.mp4} and {@code s00000.m4s}, {@code s00001.m4s}, ...
     *
     * @param directory exists and is empty
     * @param listener hears of progress and of finished segments while the encoder runs
     * @throws dev.transcode.job.TranscodeException with {@code encode_failed}, {@code ffmpeg_killed},
     *     {@code ffmpeg_stalled}, {@code ffmpeg_missing}, {@code disk_full}, {@code truncated_input} or
     *     {@code decode_errors}; with the cancellation's own reason if it fires. No process is left in either case;
     *     files already written stay in {@code directory}
     */
    EncodedMedia encode(
            EncodePlan plan, Path source, Path directory, EncodeListener listener, Cancellation cancellation);

    /**
     * Copies tracks into progressive MP4s (moov first), without encoding.
     *
     * @param files at least one; all are made at once
     * @throws dev.transcode.job.TranscodeException as {@link #encode}
     */
    void remux(List<Remux> files, Cancellation cancellation);

    /**
     * A progressive MP4 that is to be made.
     *
     * @param tracks one fragmented MP4 each: a picture, a sound, or both
     * @param target replaced if it exists
     */
    record Remux(List<Path> tracks, Path target) {
        public Remux {
            tracks = List.copyOf(tracks);
        }
    }
}
