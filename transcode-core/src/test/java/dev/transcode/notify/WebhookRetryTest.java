package dev.transcode.notify;

import static dev.transcode.notify.DeliveryResult.Answer.DELIVERED;
import static dev.transcode.notify.DeliveryResult.Answer.RETRY;
import static dev.transcode.notify.DeliveryResult.Answer.STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRetryTest {
    @ParameterizedTest
    @CsvSource({
        "1, PT5S",
        "2, PT5M",
        "3, PT30M",
        "4, PT2H",
        "5, PT5H",
        "6, PT10H",
        "7, PT14H",
        "8, PT20H",
        "9, PT24H",
    })
    void waitsAsStandardWebhooksSays(int tries, Duration delay) {
        assertThat(WebhookRetry.delay(result(RETRY), tries, always(0.5))).contains(delay);
    }

    @Test
    void givesUpAfterTenTries() {
        assertThat(WebhookRetry.delay(result(RETRY), 10, always(0.5))).isEmpty();
        assertThat(WebhookRetry.delay(result(RETRY), Integer.MAX_VALUE, always(0.5)))
                .isEmpty();
    }

    @Test
    void nothingIsLeftToDoOnceDeliveredOrStopped() {
        assertThat(WebhookRetry.delay(result(DELIVERED), 1, always(0.5))).isEmpty();
        assertThat(WebhookRetry.delay(result(STOP), 1, always(0.5))).isEmpty();
    }

    @Property
    void staysWithinATenthAndGrows(@ForAll @IntRange(min = 1, max = 8) int tries, @ForAll long seed) {
        RandomGenerator random = new Random(seed);
        Duration middle = WebhookRetry.delay(result(RETRY), tries, always(0.5)).orElseThrow();

        Duration delay = WebhookRetry.delay(result(RETRY), tries, random).orElseThrow();

        assertThat(delay)
                .isBetween(
                        middle.multipliedBy(9).dividedBy(10),
                        middle.multipliedBy(11).dividedBy(10));
        // With the same luck: 24 h less a tenth is shorter than 20 h and a tenth.
        assertThat(WebhookRetry.delay(result(RETRY), tries + 1, new Random(seed)))
                .hasValueSatisfying(next -> assertThat(next).isGreaterThan(delay));
    }

    @Test
    void delaysDiffer() {
        Random random = new Random(1);

        assertThat(WebhookRetry.delay(result(RETRY), 3, random))
                .isNotEqualTo(WebhookRetry.delay(result(RETRY), 3, random));
    }

    @Test
    void asksForATryFirst() {
        assertThatThrownBy(() -> WebhookRetry.delay(result(RETRY), 0, always(0.5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static DeliveryResult result(DeliveryResult.Answer answer) {
        return new DeliveryResult(answer, OptionalInt.empty(), "seen", Duration.ZERO);
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
