package dev.transcode.verify;

/**
 * One thing that is not as it must be.
 *
 * @param check the check that found it, e.g. {@code extinf}
 * @param where the file or rendition, relative to the package where it can be
 */
public record Violation(String check, String where, String expected, String found) {
    /** For messages: {@code extinf: v-720p/s00003.m4s: expected 4.000 s, found 3.960 s}. */
    @Override
    public String toString() {
        return check + ": " + where + ": expected " + expected + ", found " + found;
    }
}
