package dev.transcode.media;

import java.time.Duration;

/**
 * Frames a second as an exact fraction in lowest terms, e.g. 24000/1001. Ordered by value.
 *
 * @param numerator at least 1
 * @param denominator at least 1
 */
public record FrameRate(long numerator, long denominator) implements Comparable<FrameRate> {
    public FrameRate {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException("frame rate must be positive: " + numerator + "/" + denominator);
        }
        long divisor = gcd(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    public static FrameRate of(long framesPerSecond) {
        return new FrameRate(framesPerSecond, 1);
    }

    /**
     * Reads FFmpeg's form, {@code 30000/1001} or {@code 25}.
     *
     * @throws IllegalArgumentException if it is neither, or zero
     */
    public static FrameRate parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return of(Long.parseLong(text));
        }
        return new FrameRate(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    public double value() {
        return (double) numerator / denominator;
    }

    /** How long {@code frames} frames last, to the nanosecond. */
    public Duration durationOf(long frames) {
        long whole = Math.multiplyExact(frames, denominator);
        return Duration.ofSeconds(whole / numerator, Math.round((whole % numerator) * 1e9 / numerator));
    }

    /** How many frames start within {@code duration}, to the nearest. */
    public long framesIn(Duration duration) {
        return Math.round(duration.toNanos() / 1e9 * numerator / denominator);
    }

    /** This rate with every {@code divisor}-th frame kept. */
    public FrameRate dividedBy(int divisor) {
        return new FrameRate(numerator, Math.multiplyExact(denominator, divisor));
    }

    @Override
    public int compareTo(FrameRate other) {
        return Long.compare(
                Math.multiplyExact(numerator, other.denominator), Math.multiplyExact(other.numerator, denominator));
    }

    /** FFmpeg's form: {@code 24000/1001}, or {@code 25} for a whole rate. */
    @Override
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
