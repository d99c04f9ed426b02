package dev.transcode.ladder;

import dev.transcode.media.Bitrate;
import dev.transcode.media.FrameRate;
import dev.transcode.media.Resolution;
import java.util.Optional;

/**
 * A rung resolved against a source: what the encoder makes.
 *
 * @param name the rung's name
 * @param size even on both sides, square pixels, never above the source
 * @param frameRate the plan's rate, or a whole fraction of it
 * @param gopFrames frames from one IDR to the next; the same time in all renditions of a plan
 * @param bitrate on average
 * @param maxRate bitrate into the VBV buffer
 * @param bufferBits size of the VBV buffer in bits
 * @param audio name of the audio rendition that belongs to it; empty without sound
 */
public record Rendition(
        String name,
        Resolution size,
        FrameRate frameRate,
        int gopFrames,
        VideoCodec codec,
        Preset preset,
        RateControl rateControl,
        int crf,
        Bitrate bitrate,
        Bitrate maxRate,
        long bufferBits,
        Optional<String> audio) {}
