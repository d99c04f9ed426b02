package dev.transcode.job;

import dev.transcode.internal.OneLine;
import java.util.Objects;

/**
 * Why something failed, in a form for people and programs.
 *
 * @param code the published code
 * @param message one sentence with the verb, the object and the reason; at most 1,000 characters, no control characters
 * @param hint what to do about it, one sentence
 */
public record Failure(FailureCode code, String message, String hint) {
    private static final int MAX_MESSAGE = 1_000;

    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(hint, "hint");
        message = clean(message);
    }

    /** A failure with its code's own hint. */
    public static Failure of(FailureCode code, String message) {
        return new Failure(code, message, code.hint());
    }

    private static String clean(String message) {
        String oneLine = OneLine.of(message);
        return oneLine.length() <= MAX_MESSAGE ? oneLine : oneLine.substring(0, MAX_MESSAGE - 1) + "…";
    }
}
