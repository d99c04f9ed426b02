package dev.transcode.ladder;

import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import dev.transcode.media.Resolution;
import java.time.Duration;

/**
 * What is done to the source's picture once, before it is split into renditions: deinterlaced, tone-mapped, brought to
 * a constant rate, padded and trimmed to {@code frames} frames. Rotation is FFmpeg's own first step.
 *
 * @param streamIndex of the picture in the file
 * @param displaySize upright, square pixels; what the renditions are scaled from
 * @param fieldOrder the order to deinterlace by; progressive or unknown is left alone
 * @param color of the source; HDR is tone-mapped to BT.709, all else is converted to limited range
 * @param pixelFormat of the source, FFmpeg's name
 * @param frameRate constant rate after this step
 * @param delay how long the first frame is shown before the picture starts, where the sound starts first
 * @param hold how long the last frame is shown after the picture's end, where the sound goes on
 * @param frames number of frames of the output at {@code frameRate}
 */
public record VideoInput(
        int streamIndex,
        Resolution displaySize,
        FieldOrder fieldOrder,
        Color color,
        String pixelFormat,
        FrameRate frameRate,
        Duration delay,
        Duration hold,
        long frames) {}
