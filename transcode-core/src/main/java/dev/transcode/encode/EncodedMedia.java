package dev.transcode.encode;

import dev.transcode.media.Finding;
import java.nio.file.Path;
import java.util.List;

/**
 * What came out of an encode: the tracks in the plan's order, pictures first.
 *
 * @param tracks one for each rendition and audio rendition
 * @param findings what only decoding showed
 */
public record EncodedMedia(List<Track> tracks, EncodeStats stats, List<Finding> findings) {
    public EncodedMedia {
        tracks = List.copyOf(tracks);
        findings = List.copyOf(findings);
    }

    /**
     * One fragmented MP4 in pieces.
     *
     * @param name the folder's name, {@link dev.transcode.ladder.EncodePlan#directoryOf}
     * @param init the initialization section
     * @param segments in order, at least one
     */
    public record Track(String name, Path init, List<Path> segments) {
        public Track {
            segments = List.copyOf(segments);
        }
    }
}
