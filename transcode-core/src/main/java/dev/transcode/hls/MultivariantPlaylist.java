package dev.transcode.hls;

import java.util.List;

/**
 * A playlist of playlists (RFC 8216, 4.3.4; "master playlist" there).
 *
 * @param version EXT-X-VERSION; 1 if absent
 * @param independentSegments whether every segment of every variant can be decoded alone
 * @param media renditions of sound and subtitles, in groups
 * @param variants at least one; players start with the first
 * @param iframeVariants for fast forward and thumbnails
 */
public record MultivariantPlaylist(
        int version,
        boolean independentSegments,
        List<AlternativeMedia> media,
        List<Variant> variants,
        List<IFrameVariant> iframeVariants)
        implements Playlist {
    public MultivariantPlaylist {
        media = List.copyOf(media);
        variants = List.copyOf(variants);
        iframeVariants = List.copyOf(iframeVariants);
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("a multivariant playlist needs a variant");
        }
    }
}
