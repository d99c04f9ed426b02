package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keyframes of a variant's picture (EXT-X-I-FRAME-STREAM-INF, RFC 8216, 4.3.4.3).
 *
 * @param uri of its I-frame playlist
 * @param bandwidth peak bit/s of the keyframes
 * @param averageBandwidth bit/s
 * @param codecs of the picture, RFC 6381
 */
public record IFrameVariant(
        String uri,
        long bandwidth,
        OptionalLong averageBandwidth,
        List<String> codecs,
        Optional<Resolution> resolution) {
    public IFrameVariant {
        Attributes.uri(uri);
        codecs = List.copyOf(codecs);
        codecs.forEach(Attributes::codec);
        if (bandwidth < 0 || averageBandwidth.orElse(0) < 0) {
            throw new IllegalArgumentException("an I-frame variant's rates cannot be negative: " + uri);
        }
    }
}
