package dev.transcode.hls;

import java.time.Duration;
import java.util.Optional;

/**
 * A piece of media (RFC 8216, 3).
 *
 * @param uri as written, relative to its playlist or absolute
 * @param duration EXTINF, never negative
 * @param range the part of the resource; empty = all of it
 * @param init the initialization section that applies to it; empty if there is none
 * @param discontinuity whether encoding or timestamps change before it
 */
public record Segment(
        String uri, Duration duration, Optional<ByteRange> range, Optional<InitSection> init, boolean discontinuity) {
    public Segment {
        Attributes.uri(uri);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a segment's duration cannot be negative: " + uri);
        }
    }

    /**
     * What a decoder needs before a segment (EXT-X-MAP, RFC 8216, 4.3.2.5).
     *
     * @param range the part of the resource; empty = all of it
     */
    public record InitSection(String uri, Optional<ByteRange> range) {
        public InitSection {
            Attributes.uri(uri);
        }
    }
}
