package dev.transcode.media;

/**
 * A sound track in a file that can be decoded.
 *
 * @param index the stream's index in the file
 * @param codec FFmpeg's name of the codec, e.g. {@code aac}
 * @param channels number of channels, at least 1
 * @param channelLayout FFmpeg's name, e.g. {@code 5.1}; empty if unknown
 * @param sampleRate Hz
 * @param language ISO 639-2 code; empty if unknown
 */
public record AudioStream(
        int index, String codec, int channels, String channelLayout, int sampleRate, String language, TrackScan scan) {
    public AudioStream {
        if (channels < 1 || sampleRate < 1) {
            throw new IllegalArgumentException(
                    "audio needs channels and a sample rate: " + channels + ", " + sampleRate);
        }
    }
}
