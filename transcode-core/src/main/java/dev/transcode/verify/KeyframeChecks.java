package dev.transcode.verify;

import dev.transcode.hls.ByteRange;
import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.hls.Segment;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether an I-frame playlist's ranges lead to a fragment's start and hold its keyframe (RFC 8216, 4.3.3.6). Pure. */
final class KeyframeChecks {
    private KeyframeChecks() {}

    static CheckResult keyframes(Presentation read, Tolerance tolerance) {
        Tally tally = new Tally("keyframes", "ranges");
        Map<URI, ByteRange> first = firstSamples(read);
        read.keyframes().forEach((uri, playlist) -> check(uri, playlist, first, tolerance, tally));
        if (tolerance.complete()
                && read.master().isPresent()
                && read.keyframes().size() < read.videos().size()) {
            tally.violate(
                    "the multivariant playlist",
                    read.videos().size() + " I-frame playlists",
                    read.keyframes().size());
        }
        return tally.result();
    }

    /** By segment, where its first fragment's first sample lies. */
    private static Map<URI, ByteRange> firstSamples(Presentation read) {
        Map<URI, ByteRange> first = new HashMap<>();
        for (ReadTrack track : read.videos()) {
            FragmentedTrack video = track.video().orElseThrow();
            List<Segment> segments = track.playlist().segments();
            for (int i = 0; i < segments.size(); i++) {
                if (segments.get(i).range().isEmpty()) {
                    try {
                        URI uri = PlaylistParser.resolve(
                                track.uri(), segments.get(i).uri());
                        first.put(uri, video.segments().get(i).firstSample());
                    } catch (MalformedMediaException e) {
                        // Told when the segment was read.
                    }
                }
            }
        }
        return first;
    }

    private static void check(
            URI uri, MediaPlaylist playlist, Map<URI, ByteRange> first, Tolerance tolerance, Tally tally) {
        if (!playlist.iframesOnly()) {
            tally.violate(name(uri), "EXT-X-I-FRAMES-ONLY", "none");
        }
        for (Segment segment : playlist.segments()) {
            try {
                ByteRange real = first.get(PlaylistParser.resolve(uri, segment.uri()));
                range(uri, segment, real, tolerance, tally);
            } catch (MalformedMediaException e) {
                tally.violate(name(uri), "a segment of the package", segment.uri());
            }
        }
    }

    private static void range(URI uri, Segment segment, @Nullable ByteRange real, Tolerance tolerance, Tally tally) {
        if (real == null || segment.range().isEmpty()) {
            if (tolerance.complete()) {
                tally.violate(name(uri), "a range in a segment of the package", segment.uri());
            } else {
                tally.skip("keyframes that are not at the start of an MP4 segment");
            }
            return;
        }
        ByteRange claimed = segment.range().get();
        if (!tolerance.complete() && claimed.offset() != real.offset()) {
            tally.skip("keyframes that are not at the start of an MP4 segment");
            return;
        }
        boolean holds = claimed.offset() == real.offset()
                && (tolerance.complete() ? claimed.equals(real) : claimed.length() >= real.length());
        tally.expect(
                holds,
                name(uri) + " " + segment.uri(),
                real.length() + "@" + real.offset() + ", from the fragment's start to the keyframe's end",
                claimed.length() + "@" + claimed.offset());
    }

    private static String name(URI uri) {
        String path = uri.getPath();
        int folder = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
        return path.substring(folder + 1);
    }
}
