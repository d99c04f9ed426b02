package dev.transcode.verify;

import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.Segment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a player needs from the media playlists alone (RFC 8216, 4.3.3; packaging rules). Pure. */
final class PlaylistChecks {
    private PlaylistChecks() {}

    /** Every playlist is a whole VOD: its type, its end, its initialization section, no hole in it. */
    static CheckResult playlists(Presentation read, Tolerance tolerance) {
        Tally tally = new Tally("playlists", "playlist");
        problems(read, "playlists", tally);
        read.master().ifPresent(master -> tally.looked());
        for (ReadTrack track : read.tracks().values()) {
            tally.looked();
            complete(track, tolerance, tally);
        }
        return tally.result();
    }

    private static void complete(ReadTrack track, Tolerance tolerance, Tally tally) {
        MediaPlaylist playlist = track.playlist();
        if (!playlist.ended()) {
            tally.violate(track.name(), "EXT-X-ENDLIST", "none: players wait for more segments");
        }
        boolean event = playlist.type().filter(MediaPlaylist.Type.EVENT::equals).isPresent();
        boolean typed = playlist.type().isPresent() || !tolerance.complete();
        if (event || !typed) {
            tally.violate(track.name(), "EXT-X-PLAYLIST-TYPE:VOD", event ? "EVENT" : "none");
        }
        if (playlist.segments().isEmpty()) {
            tally.violate(track.name(), "a segment", "none");
        }
        if (tolerance.complete() && playlist.mediaSequence() != 0) {
            tally.violate(track.name(), "EXT-X-MEDIA-SEQUENCE:0", playlist.mediaSequence());
        }
        for (Segment segment : playlist.segments()) {
            if (isMp4(segment) && segment.init().isEmpty()) {
                tally.violate(track.name(), "EXT-X-MAP before " + segment.uri(), "none");
                return;
            }
        }
    }

    private static boolean isMp4(Segment segment) {
        return segment.uri().endsWith(".m4s")
                || segment.uri().endsWith(".cmfv")
                || segment.uri().endsWith(".cmfa");
    }

    /** TARGETDURATION is at least every EXTINF, rounded, and the same everywhere (RFC 8216, 4.3.3.1 and 6.2.4). */
    static CheckResult targetDuration(Presentation read) {
        Tally tally = new Tally("target-duration", "playlist");
        TreeSet<Integer> all = new TreeSet<>();
        for (ReadTrack track : read.tracks().values()) {
            int target = track.playlist().targetDuration();
            all.add(target);
            tally.looked();
            List<Segment> segments = track.playlist().segments();
            for (int i = 0; i < segments.size(); i++) {
                Duration duration = segments.get(i).duration();
                if (duration.plusMillis(500).toSeconds() > target) {
                    tally.violate(
                            track.segmentName(i),
                            "at most the target duration of " + target + " s",
                            Words.seconds(duration));
                }
            }
        }
        if (all.size() > 1) {
            tally.violate("all playlists", "one target duration", all);
        }
        return tally.result();
    }

    /** No segment is so short that players hang on it, unless it is the only one; none is empty. */
    static CheckResult shortSegments(Presentation read) {
        Tally tally = new Tally("segment-length", "segment");
        for (ReadTrack track : read.tracks().values()) {
            List<Duration> durations =
                    track.main().map(facts -> facts.durations()).orElse(track.claimed());
            for (int i = 0; i < durations.size(); i++) {
                boolean enough = durations.size() == 1
                        ? !durations.get(i).isZero()
                        : durations.get(i).compareTo(Tolerance.SHORTEST_SEGMENT) >= 0;
                tally.expect(
                        enough,
                        track.segmentName(i),
                        durations.size() == 1 ? "some media" : "at least 0.5 s",
                        Words.seconds(durations.get(i)));
            }
        }
        return tally.result();
    }

    /** Every file a playlist refers to is there. */
    static CheckResult files(Presentation read) {
        Tally tally = new Tally("files", "file");
        for (ReadTrack track : read.tracks().values()) {
            tally.looked();
            track.bytes().forEach(size -> tally.looked());
        }
        problems(read, "files", tally);
        return tally.result();
    }

    /** Hands what {@code check} already found while the package was read to its tally. */
    static void problems(Presentation read, String check, Tally tally) {
        for (Violation problem : read.problems()) {
            if (problem.check().equals(check)) {
                tally.add(problem);
            }
        }
    }

    /** Why a track's boxes cannot be judged. */
    static Optional<String> unread(ReadTrack track) {
        return track.unread().map(why -> track.name() + " " + why);
    }
}
