package dev.transcode.internal;

import java.util.regex.Pattern;

/**
 * Text of others (keys, titles, what a tool said) as a part of one line: it forges no line of its own, steers no terminal
 * and turns no text round. The marks that only say which way the text beside them runs stay (U+200E, U+200F): names in
 * Arabic or Hebrew have them.
 */
public final class OneLine {
    /**
     * One such character, as a regular expression: the control characters, those of Latin-1 as well, which steer some
     * terminals; the two separators that break a line; what embeds, overrides or isolates a direction (UAX #9).
     */
    public static final String CHARACTER = "[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]";

    private static final Pattern ONE = Pattern.compile(CHARACTER);
    private static final Pattern SOME = Pattern.compile(CHARACTER + "+");

    private OneLine() {}

    /** With one space for any number of them in a row, and none at the ends. */
    public static String of(String text) {
        return SOME.matcher(text).replaceAll(" ").strip();
    }

    /** With a question mark for each: who reads it sees that something stood there. */
    public static String marked(String text) {
        return ONE.matcher(text).replaceAll("?");
    }
}
