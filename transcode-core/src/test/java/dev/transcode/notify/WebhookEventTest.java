package dev.transcode.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobId;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEventTest {
    private static final JobId JOB = new JobId("job_1");
    private static final WebhookTarget TARGET = WebhookTarget.of("https://example.org/hook?token=s3cret", false);

    @Test
    void makesIdsThatAreNew() {
        assertThat(WebhookEvent.newId()).matches("evt_[0-9a-f]{32}").isNotEqualTo(WebhookEvent.newId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "a\r\nb"})
    void refusesIdsThatWouldMakeASignatureAmbiguousOrAHeaderInvalid(String id) {
        assertThatThrownBy(() -> new WebhookEvent(id, JOB, TARGET, "{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotShowTheQuery() {
        assertThat(new WebhookEvent("evt_1", JOB, TARGET, "{}"))
                .hasToString("webhook event=evt_1 job=job_1 to https://example.org/hook");
    }

    @Test
    void whatWasSeenIsOneBoundedLine() {
        DeliveryResult result = new DeliveryResult(
                DeliveryResult.Answer.RETRY,
                OptionalInt.of(500),
                "a\r\n\u001b[31mb\u202e\u0085c" + "x".repeat(1_000),
                Duration.ZERO);

        assertThat(result.seen()).startsWith("a [31mb cx").hasSize(300).endsWith("…");
    }
}
