package dev.transcode.hls;

import java.util.List;

/**
 * A finished package: everything to publish, and what was measured in it.
 *
 * @param files in the order of publication: segments, media and I-frame playlists, MP4s, the multivariant playlist last
 * @param renditions in the plan's order, pictures first, then the sounds
 * @param playlist the multivariant playlist, as written
 */
public record HlsPackage(List<PackagedFile> files, List<RenditionFacts> renditions, MultivariantPlaylist playlist) {
    public HlsPackage {
        files = List.copyOf(files);
        renditions = List.copyOf(renditions);
    }
}
