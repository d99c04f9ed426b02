package dev.transcode.media;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate of data. Ordered by value.
 *
 * @param bitsPerSecond bit/s, 1 to 1,000,000,000
 */
public record Bitrate(long bitsPerSecond) implements Comparable<Bitrate> {
    private static final long MAX = 1_000_000_000L;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,10}(?:\\.\\d{1,6})?)([kKM]?)");

    public Bitrate {
        if (bitsPerSecond < 1 || bitsPerSecond > MAX) {
            throw new IllegalArgumentException("bitrate must be 1 to " + MAX + " bit/s: " + bitsPerSecond);
        }
    }

    /**
     * Reads an integer in bit/s, or a number with {@code k} or {@code M} (decimal, as FFmpeg reads them): {@code 4M},
     * {@code 2.8M}, {@code 128k}, {@code 800000}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Bitrate parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("bitrate is not a number with k or M, like 4M or 128k: '" + text + "'");
        }
        long unit = matcher.group(2).isEmpty() ? 1 : matcher.group(2).equals("M") ? 1_000_000 : 1_000;
        BigDecimal bits = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        return new Bitrate(bits.longValue());
    }

    /** This rate times {@code factor}, to the nearest bit/s. */
    public Bitrate times(double factor) {
        return new Bitrate(Math.round(bitsPerSecond * factor));
    }

    @Override
    public int compareTo(Bitrate other) {
        return Long.compare(bitsPerSecond, other.bitsPerSecond);
    }

    /** The shortest exact form that {@link #parse} reads: {@code 4M}, {@code 2800k}, {@code 96k}, {@code 12345}. */
    @Override
    public String toString() {
        if (bitsPerSecond % 1_000_000 == 0) {
            return bitsPerSecond / 1_000_000 + "M";
        }
        return bitsPerSecond % 1_000 == 0 ? bitsPerSecond / 1_000 + "k" : Long.toString(bitsPerSecond);
    }
}
