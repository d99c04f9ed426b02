package dev.transcode.verify;

import java.util.Arrays;
import java.util.List;

/**
 * Decoded frames as thumbnails in grey, enough to tell a film from a black or a frozen one. Pure.
 *
 * @param frames one byte a pixel, {@link #WIDTH} x {@link #HEIGHT}, in order
 */
public record Pictures(List<byte[]> frames) {
    /** Pixels. */
    public static final int WIDTH = 32;

    /** Pixels. */
    public static final int HEIGHT = 18;

    /** No frame at all. */
    public static final Pictures NONE = new Pictures(List.of());

    public Pictures {
        frames = List.copyOf(frames);
    }

    /** Cuts what FFmpeg wrote as raw video into frames; what is left over at the end is no frame. */
    public static Pictures of(byte[] raw) {
        int size = WIDTH * HEIGHT;
        byte[][] frames = new byte[raw.length / size][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Arrays.copyOfRange(raw, i * size, (i + 1) * size);
        }
        return new Pictures(List.of(frames));
    }

    /** From the darkest to the brightest pixel of all frames, 0 to 255; next to nothing where all is black. */
    int contrast() {
        int darkest = 255;
        int brightest = 0;
        for (byte[] frame : frames) {
            for (byte pixel : frame) {
                darkest = Math.min(darkest, pixel & 0xff);
                brightest = Math.max(brightest, pixel & 0xff);
            }
        }
        return frames.isEmpty() ? 0 : brightest - darkest;
    }

    /**
     * By how much a pixel changes over all frames, on average of all pixels, 0 to 255: next to nothing where the picture
     * is frozen. On average, because at low rates single pixels change with each keyframe although nothing moves.
     */
    double movement() {
        long sum = 0;
        for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
            int darkest = 255;
            int brightest = 0;
            for (byte[] frame : frames) {
                darkest = Math.min(darkest, frame[pixel] & 0xff);
                brightest = Math.max(brightest, frame[pixel] & 0xff);
            }
            sum += brightest - darkest;
        }
        return frames.isEmpty() ? 0 : (double) sum / (WIDTH * HEIGHT);
    }
}
