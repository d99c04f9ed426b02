package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    private static Sessions at(Instant now, String... tokens) {
        return new Sessions(new Tokens(List.of(tokens)), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void itHoldsAfterARestartAndAtEveryServerWithTheToken() {
        String cookie = at(NOW, "a", "b").open(1);
        assertThat(at(NOW.plusSeconds(9), "b", "c").check(cookie)).hasValue(0);
    }

    @Test
    void itEndsWithItsTime() {
        String cookie = at(NOW, "a").open(0);
        Instant end = NOW.plus(Duration.ofDays(7));
        assertThat(at(end.minusSeconds(1), "a").check(cookie)).hasValue(0);
        assertThat(at(end, "a").check(cookie)).isEmpty();
    }

    @Test
    void itEndsWithItsToken() {
        assertThat(at(NOW, "b").check(at(NOW, "a").open(0))).isEmpty();
        assertThat(at(NOW).check(at(NOW, "a").open(0))).isEmpty();
    }

    @Test
    void whatIsNoSessionIsNone() {
        for (String odd : List.of(
                "",
                "1.",
                "1.2.3",
                "1.999999999999.",
                "2." + at(NOW, "a").open(0).substring(2))) {
            assertThat(at(NOW, "a").check(odd)).isEmpty();
        }
    }
}
