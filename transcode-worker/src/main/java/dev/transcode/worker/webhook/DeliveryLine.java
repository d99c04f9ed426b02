package dev.transcode.worker.webhook;

import dev.transcode.notify.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** A line of the job's delivery log. Pure. */
final class DeliveryLine {
    private DeliveryLine() {}

    /**
     * Such as {@code 2025-01-01T00:00:00Z try 1 to https://example.org/hook: HTTP 500: down (0.041 s), again in 5 s}.
     *
     * @param target without its query
     * @param next empty if there is no next try
     */
    static String of(Instant at, int number, String target, DeliveryResult result, Optional<Duration> next) {
        return String.format(
                Locale.ROOT,
                "%s try %d to %s: %s (%.3f s), %s",
                at.truncatedTo(ChronoUnit.MILLIS),
                number,
                target,
                result.seen(),
                result.took().toMillis() / 1_000.0,
                outcome(result, next));
    }

    /** For an entry that cannot even be tried. */
    static String unusable(Instant at, int number, String reason) {
        return at.truncatedTo(ChronoUnit.MILLIS) + " try " + number + ": not sent, " + reason + "; given up";
    }

    private static String outcome(DeliveryResult result, Optional<Duration> next) {
        if (next.isPresent()) {
            return "again in " + words(next.get());
        }
        return result.answer() == DeliveryResult.Answer.DELIVERED ? "delivered" : "given up";
    }

    private static String words(Duration delay) {
        if (delay.toMinutes() < 1) {
            return Math.max(1, Math.round(delay.toMillis() / 1_000.0)) + " s";
        }
        return delay.toHours() < 1
                ? delay.toMinutes() + " min"
                : delay.toHours() + " h " + delay.toMinutesPart() + " min";
    }
}
