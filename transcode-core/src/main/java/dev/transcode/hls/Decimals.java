package dev.transcode.hls;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as playlists write them (RFC 8216, 4.2), bounded. */
final class Decimals {
    private static final Pattern INTEGER = Pattern.compile("\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{0,30})?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:@(\\d{1,18}))?");

    private Decimals() {}

    static long integer(String name, String text) throws MalformedMediaException {
        if (!INTEGER.matcher(text).matches()) {
            throw new MalformedMediaException(name + " is not an integer: " + AttributeList.excerpt(text));
        }
        return Long.parseLong(text);
    }

    /** An integer that fits where there are no large ones. */
    static int small(String name, String text) throws MalformedMediaException {
        long value = integer(name, text);
        if (value > Integer.MAX_VALUE) {
            throw new MalformedMediaException(name + " is out of bounds: " + value);
        }
        return (int) value;
    }

    /** EXT-X-VERSION: counted from 1. */
    static int version(String name, String text) throws MalformedMediaException {
        int version = small(name, text);
        if (version == 0) {
            throw new MalformedMediaException(name + " is 0: versions count from 1");
        }
        return version;
    }

    static BigDecimal number(String name, String text) throws MalformedMediaException {
        if (!NUMBER.matcher(text).matches()) {
            throw new MalformedMediaException(name + " is not a number: " + AttributeList.excerpt(text));
        }
        return new BigDecimal(text);
    }

    /** Seconds, to the nearest nanosecond. */
    static Duration seconds(String name, String text) throws MalformedMediaException {
        BigDecimal nanos = number(name, text).movePointRight(9).setScale(0, RoundingMode.HALF_UP);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /**
     * A byte range {@code length[@offset]}.
     *
     * @param next where it starts if it names no offset; negative = it has to
     */
    static ByteRange range(String text, long next) throws MalformedMediaException {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedMediaException("not a byte range: " + AttributeList.excerpt(text));
        }
        long length = Long.parseLong(matcher.group(1));
        long offset = matcher.group(2) == null ? next : Long.parseLong(matcher.group(2));
        if (offset < 0) {
            throw new MalformedMediaException("a byte range without offset follows no other of the same file");
        }
        if (length == 0) {
            throw new MalformedMediaException("a byte range is empty");
        }
        return new ByteRange(offset, length);
    }
}
