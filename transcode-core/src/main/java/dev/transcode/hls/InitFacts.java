package dev.transcode.hls;

import java.util.List;

/**
 * What an initialization section holds.
 *
 * @param brands of its ftyp, the major one first; empty without one
 * @param timescale units a second of the movie
 * @param tracks in the file's order, at least one
 */
public record InitFacts(List<String> brands, long timescale, List<TrackFacts> tracks) {
    public InitFacts {
        brands = List.copyOf(brands);
        tracks = List.copyOf(tracks);
    }
}
