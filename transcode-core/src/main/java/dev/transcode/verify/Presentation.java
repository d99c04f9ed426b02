package dev.transcode.verify;

import dev.transcode.hls.AlternativeMedia;
import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.hls.Variant;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package as it was read back, which the checks judge.
 *
 * @param uri of the playlist that was read first
 * @param master empty if that is a media playlist
 * @param tracks by the address of their playlist, in the order the master names them
 * @param keyframes the I-frame playlists, by address
 * @param problems what could not be read
 */
record Presentation(
        URI uri,
        Optional<MultivariantPlaylist> master,
        Map<URI, ReadTrack> tracks,
        Map<URI, MediaPlaylist> keyframes,
        List<Violation> problems) {
    Presentation {
        tracks = new LinkedHashMap<>(tracks);
        keyframes = new LinkedHashMap<>(keyframes);
        problems = List.copyOf(problems);
    }

    /** The track whose playlist the master refers to so; empty if it could not be read. */
    Optional<ReadTrack> track(String reference) {
        try {
            return Optional.ofNullable(tracks.get(PlaylistParser.resolve(uri, reference)));
        } catch (MalformedMediaException e) {
            return Optional.empty();
        }
    }

    /** The tracks of a variant's sound group, as far as they have playlists of their own and could be read. */
    List<ReadTrack> audioOf(Variant variant) {
        List<ReadTrack> found = new ArrayList<>();
        for (AlternativeMedia media : master.map(MultivariantPlaylist::media).orElse(List.of())) {
            if (media.type() == AlternativeMedia.Type.AUDIO
                    && variant.audio().filter(media.groupId()::equals).isPresent()) {
                media.uri().flatMap(this::track).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The tracks that hold a picture, one for each address. */
    List<ReadTrack> videos() {
        List<ReadTrack> found = new ArrayList<>();
        for (ReadTrack track : tracks.values()) {
            if (track.video().isPresent()) {
                found.add(track);
            }
        }
        return found;
    }
}
