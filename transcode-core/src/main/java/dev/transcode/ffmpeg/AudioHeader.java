package dev.transcode.ffmpeg;

/**
 * A sound track as its header describes it.
 *
 * @param channels 0 if unknown
 * @param channelLayout FFmpeg's name; empty if unknown
 * @param sampleRate Hz; 0 if unknown
 * @param hasDecoder whether this FFmpeg can decode it
 */
record AudioHeader(int channels, String channelLayout, int sampleRate, boolean hasDecoder) {
    boolean isDecodable() {
        return hasDecoder && channels > 0 && sampleRate > 0;
    }
}
