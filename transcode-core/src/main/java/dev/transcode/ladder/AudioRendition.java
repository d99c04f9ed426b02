package dev.transcode.ladder;

import dev.transcode.media.Bitrate;

/**
 * A sound track to be made: AAC-LC, 48 kHz, stereo.
 *
 * @param name names it within the plan, e.g. {@code 128k}
 * @param streamIndex of the sound in the file
 * @param bitrate on average
 * @param sourceChannels channels of the source; more than two are down-mixed
 * @param language ISO 639-2 code; empty if unknown
 */
public record AudioRendition(String name, int streamIndex, Bitrate bitrate, int sourceChannels, String language) {
    /** Hz, of every audio rendition. */
    public static final int SAMPLE_RATE = 48_000;

    /** Channels of every audio rendition. */
    public static final int CHANNELS = 2;
}
