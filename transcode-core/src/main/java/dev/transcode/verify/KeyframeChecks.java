package dev.transcode.verify;

import dev.transcode.hls.ByteRange;
import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.hls.Segment;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether an I-frame playlist's ranges lead to a fragment's start and hold its keyframe (RFC 8216, 4.3.3.6). Pure. */
final class KeyframeChecks {
    private static final String ELSEWHERE = "keyframes that are not at the start of an MP4 segment that was read";

    private KeyframeChecks() {}

    static CheckResult keyframes(Presentation read, Tolerance tolerance) {
        Tally tally = new Tally("keyframes", "range");
        Map<URI, ByteRange> first = new HashMap<>();
        Set<URI> unread = new HashSet<>();
        for (ReadTrack track : read.tracks().values()) {
            firstSamples(track, first, unread);
        }
        read.keyframes().forEach((uri, playlist) -> {
            if (!playlist.iframesOnly()) {
                tally.violate(name(uri), "EXT-X-I-FRAMES-ONLY", "none");
            }
            for (Segment segment : playlist.segments()) {
                check(uri, segment, first, unread, tolerance, tally);
            }
        });
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

    /**
     * @param first takes by segment, where its first fragment's first sample lies
     * @param unread takes the segments of which that is not known
     */
    private static void firstSamples(ReadTrack track, Map<URI, ByteRange> first, Set<URI> unread) {
        Optional<FragmentedTrack> video = track.video();
        List<Segment> segments = track.playlist().segments();
        for (int i = 0; i < segments.size(); i++) {
            Optional<URI> uri = resolve(track.uri(), segments.get(i));
            if (uri.isEmpty()) {
                continue;
            }
            if (video.isPresent() && segments.get(i).range().isEmpty()) {
                first.put(uri.get(), video.get().segments().get(i).firstSample());
            } else {
                unread.add(uri.get());
            }
        }
    }

    private static void check(
            URI playlist,
            Segment segment,
            Map<URI, ByteRange> first,
            Set<URI> unread,
            Tolerance tolerance,
            Tally tally) {
        Optional<URI> uri = resolve(playlist, segment);
        Optional<ByteRange> real = uri.flatMap(of -> Optional.ofNullable(first.get(of)));
        if (real.isPresent() && segment.range().isPresent()) {
            range(playlist, segment, segment.range().get(), real.get(), tolerance, tally);
        } else if (tolerance.complete() && real.isPresent()) {
            tally.violate(name(playlist), "a range of " + segment.uri(), "none");
        } else if (tolerance.complete() && uri.filter(unread::contains).isEmpty()) {
            tally.violate(name(playlist), "a segment of the package", segment.uri());
        } else {
            tally.skip(ELSEWHERE);
        }
    }

    private static Optional<URI> resolve(URI playlist, Segment segment) {
        try {
            return Optional.of(PlaylistParser.resolve(playlist, segment.uri()));
        } catch (MalformedMediaException e) {
            return Optional.empty();
        }
    }

    private static void range(
            URI uri, Segment segment, ByteRange claimed, ByteRange real, Tolerance tolerance, Tally tally) {
        if (!tolerance.complete() && claimed.offset() != real.offset()) {
            tally.skip(ELSEWHERE);
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
