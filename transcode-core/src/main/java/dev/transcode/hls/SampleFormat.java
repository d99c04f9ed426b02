package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.util.Optional;

/**
 * How a track's samples are coded (stsd).
 *
 * @param type the sample entry's own code, e.g. {@code avc1}, or {@code encv} if it is encrypted
 * @param codec as in CODECS (RFC 6381), e.g. {@code avc1.64001F}; of an encrypted entry, what is inside
 * @param encrypted whether a key is needed
 * @param size of the coded picture; empty for sound
 * @param channels of the sound; 0 for a picture
 * @param sampleRate Hz; 0 for a picture
 */
public record SampleFormat(
        String type, String codec, boolean encrypted, Optional<Resolution> size, int channels, int sampleRate) {}
