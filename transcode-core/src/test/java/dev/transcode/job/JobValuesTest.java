package dev.transcode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobValuesTest {
    @Test
    void makesIdsOfTheContractsForm() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_234_567_890), ZoneOffset.UTC);

        assertThat(JobId.create(clock).value()).matches("job_1234567890_[a-z0-9]{6}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-x", "a b", "a/b", "ä"})
    void refusesOddIds(String id) {
        assertThatThrownBy(() -> new JobId(id))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("job id");
    }

    @Test
    void aFailuresMessageIsOneBoundedLine() {
        Failure failure = Failure.of(FailureCode.BAD_INPUT, "a\nb\u009bc\u202e" + "x".repeat(2_000));

        assertThat(failure.message()).startsWith("a b c").hasSize(1_000).endsWith("…");
    }

    @Test
    void everyFailureCodeHasAHintAndAtLeastOneAttempt() {
        for (FailureCode code : FailureCode.values()) {
            assertThat(code.hint()).as(code.wire()).endsWith(".");
            assertThat(code.attempts()).as(code.wire()).isBetween(1, 4);
            assertThat(code.wire()).matches("[a-z0-9_]+");
        }
    }

    @Test
    void cancellationFiresOnceWithItsFirstReason() {
        Cancellation cancellation = new Cancellation();
        List<String> heard = new ArrayList<>();
        cancellation.onCancel(() -> heard.add("hook"));
        cancellation.onCancel(() -> heard.add("removed")).close();

        cancellation.cancel(Failure.of(FailureCode.TIME_LIMIT, "too long"));
        cancellation.cancel();
        cancellation.onCancel(() -> heard.add("late"));

        assertThat(heard).containsExactly("hook", "late");
        assertThatThrownBy(cancellation::throwIfCancelled)
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TIME_LIMIT));
    }
}
