package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One version of the presentation (EXT-X-STREAM-INF, RFC 8216, 4.3.4.2).
 *
 * @param uri of its media playlist
 * @param bandwidth peak bit/s of all its renditions together
 * @param averageBandwidth bit/s
 * @param codecs RFC 6381, of picture and sound; empty if the playlist says nothing
 * @param resolution of the picture
 * @param frameRate frames a second, kept to three decimals
 * @param audio the group of its sound
 * @param subtitles the group of its subtitles
 * @param closedCaptions the group of its captions, or {@code NONE}
 */
public record Variant(
        String uri,
        long bandwidth,
        OptionalLong averageBandwidth,
        List<String> codecs,
        Optional<Resolution> resolution,
        OptionalDouble frameRate,
        Optional<String> audio,
        Optional<String> subtitles,
        Optional<String> closedCaptions) {
    /** The value of CLOSED-CAPTIONS where there are none. */
    public static final String NO_CAPTIONS = "NONE";

    public Variant {
        Attributes.uri(uri);
        codecs = List.copyOf(codecs);
        codecs.forEach(Attributes::codec);
        audio.ifPresent(Attributes::quotable);
        subtitles.ifPresent(Attributes::quotable);
        closedCaptions.ifPresent(Attributes::quotable);
        if (bandwidth < 0 || averageBandwidth.orElse(0) < 0 || frameRate.orElse(0) < 0) {
            throw new IllegalArgumentException("a variant's rates cannot be negative: " + uri);
        }
        if (frameRate.isPresent()) {
            frameRate = OptionalDouble.of(Math.round(frameRate.getAsDouble() * 1000) / 1000.0);
        }
    }
}
