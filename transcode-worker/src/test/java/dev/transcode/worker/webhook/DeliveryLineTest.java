package dev.transcode.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.DeliveryResult.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryLineTest {
    private static final Instant AT = Instant.parse("2025-01-01T00:00:00.123456Z");

    @ParameterizedTest
    @CsvSource({
        "PT0.2S, again in 1 s",
        "PT4.7S, again in 5 s",
        "PT59.9S, again in 60 s",
        "PT4M59S, again in 4 min",
        "PT1H59M59S, again in 1 h 59 min",
        "PT26H, again in 26 h 0 min"
    })
    void saysWhenTheNextTryIs(Duration next, String words) {
        assertThat(line(Answer.RETRY, Optional.of(next)))
                .isEqualTo("2025-01-01T00:00:00.123Z try 3 to https://example.org/hook: HTTP 500: down (0.041 s), "
                        + words);
    }

    @Test
    void saysHowItEnded() {
        assertThat(line(Answer.DELIVERED, Optional.empty())).endsWith(", delivered");
        assertThat(line(Answer.RETRY, Optional.empty())).endsWith(", given up");
        assertThat(line(Answer.STOP, Optional.empty())).endsWith(", given up");
    }

    private static String line(Answer answer, Optional<Duration> next) {
        DeliveryResult result =
                new DeliveryResult(answer, OptionalInt.of(500), "HTTP 500: down", Duration.ofNanos(41_999_999));
        return DeliveryLine.of(AT, 3, "https://example.org/hook", result, next);
    }
}
