package dev.transcode.ffmpeg;

import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import org.jspecify.annotations.Nullable;

/**
 * A picture as its header describes it, not yet believed.
 *
 * @param width pixels as decoded; 0 if unknown
 * @param height pixels as decoded; 0 if unknown
 * @param sampleAspectWidth 1 where the file says nothing usable
 * @param sampleAspectHeight 1 where the file says nothing usable
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 * @param pixelFormat FFmpeg's name; empty if there is no decoder
 * @param average frames a second over the part the header pass has read; null if unknown
 * @param real the lowest rate all its time stamps fit, often a time base and no rate; null if unknown
 */
record VideoHeader(
        int width,
        int height,
        int sampleAspectWidth,
        int sampleAspectHeight,
        int rotation,
        String profile,
        String pixelFormat,
        Color color,
        FieldOrder fieldOrder,
        @Nullable FrameRate average,
        @Nullable FrameRate real) {
    boolean isDecodable() {
        return width > 0 && height > 0 && !pixelFormat.isEmpty();
    }

    /** The same picture with the field order that was found by looking at it. */
    VideoHeader withFieldOrder(FieldOrder found) {
        return new VideoHeader(
                width,
                height,
                sampleAspectWidth,
                sampleAspectHeight,
                rotation,
                profile,
                pixelFormat,
                color,
                found,
                average,
                real);
    }
}
