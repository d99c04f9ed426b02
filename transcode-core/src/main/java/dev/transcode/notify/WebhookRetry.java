package dev.transcode.notify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a webhook that was not delivered is tried again: the example schedule of Standard Webhooks, each delay up to a
 * tenth shorter or longer, so that what failed together does not come back together. Ten tries in 76 hours.
 */
public final class WebhookRetry {
    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    private static final double JITTER = 0.1;

    private WebhookRetry() {}

    /**
     * How long to wait after a try.
     *
     * @param tries made so far, from 1
     * @return empty if there is nothing left to do: delivered, stopped by the receiver, or given up
     */
    public static Optional<Duration> delay(DeliveryResult last, int tries, RandomGenerator random) {
        if (tries < 1) {
            throw new IllegalArgumentException("tries is " + tries + ", but one has been made");
        }
        if (last.answer() != DeliveryResult.Answer.RETRY || tries > DELAYS.size()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + random.nextDouble() * 2 * JITTER;
        return Optional.of(Duration.ofMillis(Math.round(DELAYS.get(tries - 1).toMillis() * factor)));
    }
}
