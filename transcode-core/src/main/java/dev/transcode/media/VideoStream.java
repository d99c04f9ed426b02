package dev.transcode.media;

/**
 * A moving picture in a file. Cover art is none.
 *
 * @param index the stream's index in the file
 * @param codec FFmpeg's name of the codec, e.g. {@code h264}
 * @param profile the codec's profile, e.g. {@code High}; empty if unknown
 * @param coded size as stored, before sample aspect ratio and rotation
 * @param sampleAspectWidth numerator of the sample aspect ratio, 1 for square pixels
 * @param sampleAspectHeight denominator of the sample aspect ratio, 1 for square pixels
 * @param rotation degrees clockwise by which a player turns the picture: 0, 90, 180 or 270
 * @param frameRate frames a second, measured over the whole track; for interlaced video, full frames
 * @param variableFrameRate whether the distances between frames differ so much that the rate must be made constant
 * @param pixelFormat FFmpeg's name, e.g. {@code yuv420p10le}
 * @param bitDepth bits a component
 */
public record VideoStream(
        int index,
        String codec,
        String profile,
        Resolution coded,
        int sampleAspectWidth,
        int sampleAspectHeight,
        int rotation,
        FrameRate frameRate,
        boolean variableFrameRate,
        String pixelFormat,
        int bitDepth,
        Color color,
        FieldOrder fieldOrder,
        TrackScan scan) {
    public VideoStream {
        if (rotation % 90 != 0 || rotation < 0 || rotation >= 360) {
            throw new IllegalArgumentException("rotation must be 0, 90, 180 or 270: " + rotation);
        }
        if (sampleAspectWidth < 1 || sampleAspectHeight < 1) {
            throw new IllegalArgumentException("sample aspect ratio must be positive");
        }
    }

    public boolean isAnamorphic() {
        return sampleAspectWidth != sampleAspectHeight;
    }

    /**
     * The size a viewer sees: square pixels (the width stretched by the sample aspect ratio), turned by the rotation;
     * not yet evened.
     */
    public Resolution displaySize() {
        long width = Math.max(1, Math.round((double) coded.width() * sampleAspectWidth / sampleAspectHeight));
        Resolution square = new Resolution(Math.toIntExact(width), coded.height());
        return rotation % 180 == 0 ? square : square.transposed();
    }
}
