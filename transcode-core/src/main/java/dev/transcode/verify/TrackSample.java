package dev.transcode.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The first, a middle and the last segment of a track with their initialization section, joined into files that can be
 * decoded.
 *
 * @param name of the track's playlist, for messages
 * @param file all that is decoded whole: the first and the last segment, of sound the middle one too
 * @param middle the picture's middle segment, of which keyframes are enough to see whether there is a film
 * @param frames of the picture in {@code file}; -1 if not known
 * @param starts when each of the segments starts, on the presentation's time line
 */
record TrackSample(
        String name,
        Path file,
        Optional<Path> middle,
        SampleDecoder.Content content,
        long frames,
        List<Duration> starts) {
    TrackSample {
        starts = List.copyOf(starts);
    }
}
