package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured in one rendition's segments.
 *
 * @param track the encoder's folder, e.g. {@code v0}
 * @param name the rendition's, e.g. {@code 720p}, or the audio rendition's, e.g. {@code 128k}
 * @param codec as in CODECS (RFC 6381), e.g. {@code avc1.64001F}
 * @param resolution empty for audio
 * @param frameRate frames a second, to three decimals; empty for audio
 * @param averageBitrate of all segments, bit/s, containers included
 * @param peakBitrate of the busiest run of segments of 0.5 to 1.5 target durations, bit/s (RFC 8216, 4.3.4.2)
 * @param bytes of the initialization section and all segments
 * @param samples frames of video, or packets of audio
 * @param duration what is played, without the audio's priming
 * @param segments in order
 */
public record RenditionFacts(
        String track,
        String name,
        String codec,
        Optional<Resolution> resolution,
        OptionalDouble frameRate,
        long averageBitrate,
        long peakBitrate,
        long bytes,
        long samples,
        Duration duration,
        List<SegmentSize> segments) {
    public RenditionFacts {
        segments = List.copyOf(segments);
    }

    /** Whether this is a picture. */
    public boolean isVideo() {
        return resolution.isPresent();
    }

    /**
     * One segment as published.
     *
     * @param file e.g. {@code s00000.m4s}
     * @param duration as in EXTINF
     */
    public record SegmentSize(String file, Duration duration, long bytes) {}
}
