package dev.transcode.notify;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What came of one try to deliver a webhook.
 *
 * @param answer what it means
 * @param httpStatus the receiver's; empty if there was no answer
 * @param seen what happened, for the delivery log: one line of at most 300 characters, without secrets of ours
 * @param took from the start of the try to its end
 */
public record DeliveryResult(Answer answer, OptionalInt httpStatus, String seen, Duration took) {
    private static final int MAX_SEEN = 300;

    public DeliveryResult {
        String line = seen.replaceAll("[\\p{C}\\s]+", " ").strip();
        seen = line.length() <= MAX_SEEN ? line : line.substring(0, MAX_SEEN - 1) + "…";
    }

    /** What a try means for the next one. */
    public enum Answer {
        /** The receiver said 2xx. */
        DELIVERED,
        /** Anything else: worth trying again. */
        RETRY,
        /** Never again: the receiver said 410, or the address is none. */
        STOP
    }
}
