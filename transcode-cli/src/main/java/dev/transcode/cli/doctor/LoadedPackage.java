package dev.transcode.cli.doctor;

import dev.transcode.hls.AlternativeMedia;
import dev.transcode.hls.IFrameVariant;
import dev.transcode.hls.MalformedMediaException;
import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.PlaylistParser;
import dev.transcode.hls.Segment;
import dev.transcode.hls.Variant;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The playlists of a package.
 *
 * @param start address of the playlist that was asked for, after redirects
 * @param master that playlist, if it is a multivariant one
 * @param media the media playlists that could be read, by address after redirects, in the order the master names them
 * @param moved where redirects led that address to
 */
record LoadedPackage(
        URI start, Optional<MultivariantPlaylist> master, Map<URI, MediaPlaylist> media, Map<URI, URI> moved) {
    LoadedPackage {
        media = Collections.unmodifiableMap(new LinkedHashMap<>(media));
        moved = Map.copyOf(moved);
    }

    /** What the master refers to: its variants, then sound and subtitles, then I-frame playlists. Each once. */
    static Set<String> references(MultivariantPlaylist master) {
        Set<String> references = new LinkedHashSet<>();
        for (Variant variant : master.variants()) {
            references.add(variant.uri());
        }
        for (AlternativeMedia alternative : master.media()) {
            alternative.uri().ifPresent(references::add);
        }
        for (IFrameVariant variant : master.iframeVariants()) {
            references.add(variant.uri());
        }
        return references;
    }

    /** All addresses as they stand in the playlists. */
    List<Reference> references() {
        List<Reference> all = new ArrayList<>();
        master.ifPresent(known -> references(known).forEach(text -> all.add(new Reference(start, text))));
        media.forEach((address, playlist) -> {
            Set<String> own = new LinkedHashSet<>();
            for (Segment segment : playlist.segments()) {
                segment.init().ifPresent(init -> own.add(init.uri()));
                own.add(segment.uri());
            }
            own.forEach(text -> all.add(new Reference(address, text)));
        });
        return all;
    }

    /** Where a reference of the master leads, after redirects. */
    Optional<URI> track(String reference) {
        return resolve(start, reference).map(address -> moved.getOrDefault(address, address));
    }

    /** The media playlist that a reference of the master leads to, if it could be read. */
    Optional<MediaPlaylist> playlist(String reference) {
        return track(reference).map(media::get);
    }

    /** The sound that plays with a variant unless somebody chooses; empty if it is in the variant's own segments. */
    Optional<AlternativeMedia> sound(Variant variant) {
        if (master.isEmpty() || variant.audio().isEmpty()) {
            return Optional.empty();
        }
        String group = variant.audio().get();
        List<AlternativeMedia> all = master.get().media().stream()
                .filter(media -> media.type() == AlternativeMedia.Type.AUDIO
                        && media.groupId().equals(group)
                        && media.uri().isPresent())
                .toList();
        return all.stream()
                .filter(AlternativeMedia::isDefault)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /** Where a reference leads; empty if nowhere a player would go. */
    static Optional<URI> resolve(URI playlist, String reference) {
        try {
            return Optional.of(PlaylistParser.resolve(playlist, reference));
        } catch (MalformedMediaException e) {
            return Optional.empty();
        }
    }

    /** A name for messages: below the package's folder where it lies there. */
    String name(URI address) {
        URI relative = start.resolve(".").relativize(address);
        return Web.shown(relative);
    }

    /**
     * An address in a playlist.
     *
     * @param playlist where it stands
     * @param text as it stands there
     */
    record Reference(URI playlist, String text) {}
}
