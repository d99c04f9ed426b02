package dev.transcode.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The first, a middle and the last segment of a track with their initialization section, joined into one file that can be
 * decoded.
 *
 * @param name of the track's playlist, for messages
 * @param frames of the picture; -1 if not known
 * @param starts when each of the segments starts, on the presentation's time line
 */
record TrackSample(String name, Path file, SampleDecoder.Content content, long frames, List<Duration> starts) {
    TrackSample {
        starts = List.copyOf(starts);
    }
}
