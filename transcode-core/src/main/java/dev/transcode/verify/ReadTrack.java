package dev.transcode.verify;

import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.TrackFacts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A media playlist and what its segments hold, read back.
 *
 * @param name for messages: the playlist's address within the package, e.g. {@code v-720p/index.m3u8}
 * @param uri of the playlist
 * @param bytes of each segment; empty if not all of them could be read
 * @param contents one for each track inside; empty unless the segments are MP4 in the clear and all could be read
 * @param unread why there is no content; empty if there is
 */
record ReadTrack(
        String name,
        URI uri,
        MediaPlaylist playlist,
        List<Long> bytes,
        List<FragmentedTrack> contents,
        Optional<String> unread) {
    ReadTrack {
        bytes = List.copyOf(bytes);
        contents = List.copyOf(contents);
    }

    Optional<FragmentedTrack> of(TrackFacts.Kind kind) {
        for (FragmentedTrack content : contents) {
            if (content.track().kind() == kind) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    Optional<FragmentedTrack> video() {
        return of(TrackFacts.Kind.VIDEO);
    }

    Optional<FragmentedTrack> audio() {
        return of(TrackFacts.Kind.AUDIO);
    }

    /** The picture, else the sound: what EXTINF measures. */
    Optional<FragmentedTrack> main() {
        return video().or(this::audio);
    }

    /** Address of a segment within the package. */
    String segmentName(int index) {
        int slash = name.lastIndexOf('/');
        return name.substring(0, slash + 1) + playlist.segments().get(index).uri();
    }

    /** EXTINF of each segment. */
    List<Duration> claimed() {
        List<Duration> claimed = new ArrayList<>();
        playlist.segments().forEach(segment -> claimed.add(segment.duration()));
        return claimed;
    }
}
