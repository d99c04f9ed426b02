package dev.transcode.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The media playlists of a track. Pure. */
final class MediaPlaylists {
    private MediaPlaylists() {}

    /** The longest segment of all, rounded to the nearest second, at least 1: the same for every playlist of a run. */
    static int targetDuration(List<PackagedTrack> tracks) {
        long target = 1;
        for (PackagedTrack track : tracks) {
            for (Duration duration : track.facts().durations()) {
                target = Math.max(target, duration.plusMillis(500).toSeconds());
            }
        }
        return Math.toIntExact(target);
    }

    static MediaPlaylist of(PackagedTrack track, int targetDuration, HlsLayout layout) {
        return MediaPlaylist.vod(targetDuration, false, segments(track, layout, false));
    }

    /** The first frame of each segment, which stands until the next one. */
    static MediaPlaylist keyframesOf(PackagedTrack track, int targetDuration, HlsLayout layout) {
        return MediaPlaylist.vod(targetDuration, true, segments(track, layout, true));
    }

    private static List<Segment> segments(PackagedTrack track, HlsLayout layout, boolean keyframes) {
        Optional<Segment.InitSection> init =
                Optional.of(new Segment.InitSection(layout.uriFromTrack(track.id(), HlsLayout.INIT), Optional.empty()));
        List<Duration> durations = track.facts().durations();
        List<Segment> segments = new ArrayList<>(durations.size());
        for (int i = 0; i < durations.size(); i++) {
            Optional<ByteRange> range =
                    keyframes ? Optional.of(track.facts().segments().get(i).firstSample()) : Optional.empty();
            String uri = layout.uriFromTrack(track.id(), PackagedTrack.segmentName(i));
            segments.add(new Segment(uri, durations.get(i), range, init, false));
        }
        return segments;
    }
}
