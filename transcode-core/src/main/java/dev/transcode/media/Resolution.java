package dev.transcode.media;

/**
 * The size of a picture in pixels.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 */
public record Resolution(int width, int height) {
    public Resolution {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("resolution must be at least 1x1: " + width + "x" + height);
        }
    }

    /** The side a rung's height is measured by: the height of a landscape picture, the width of a portrait one. */
    public int shorterSide() {
        return Math.min(width, height);
    }

    public int longerSide() {
        return Math.max(width, height);
    }

    public long pixels() {
        return (long) width * height;
    }

    /** Width and height exchanged, as a rotation by 90 or 270 degrees does. */
    public Resolution transposed() {
        return new Resolution(height, width);
    }

    /** {@code 1280x720}, the form of the RESOLUTION attribute (RFC 8216, 4.2). */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
