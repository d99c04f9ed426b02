package dev.transcode.internal;

/** A number of things in a sentence. */
public final class Count {
    private Count() {}

    /** {@code 1 segment}, {@code 3 segments}. */
    public static String of(long count, String thing) {
        return count + " " + (count == 1 ? thing : thing + "s");
    }
}
