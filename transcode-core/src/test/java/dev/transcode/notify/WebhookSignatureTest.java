package dev.transcode.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    private static final String FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SECOND = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330, 999_000_000);
    private static final WebhookEvent EVENT = new WebhookEvent(
            "evt_1", new JobId("job_1"), WebhookTarget.of("https://example.org/", true), "{\"a\":\"ä\"}");

    /** The expected value was made by Python's hmac module. */
    @Test
    void signsIdTimestampAndBody() {
        assertThat(WebhookSignature.of(FIRST).headers(EVENT, NOW))
                .containsExactly(
                        Map.entry("webhook-id", "evt_1"),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,Equ8Z9JTRt/5soC3dIci13h3ijzFclx/4ekJDm6/eyU="));
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST + "," + SECOND, FIRST + " " + SECOND, " " + FIRST + ",\n " + SECOND + "\n"})
    void signsWithEachSecretWhileOneIsReplaced(String setting) {
        assertThat(WebhookSignature.of(setting).headers(EVENT, NOW))
                .containsEntry(
                        "webhook-signature",
                        "v1,Equ8Z9JTRt/5soC3dIci13h3ijzFclx/4ekJDm6/eyU= v1,fXP/KT5GtVcPLx7xSBi+3anpO5yR/VYTXhk4mmVGxaM=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "\n"})
    void withoutASecretNothingIsSigned(String setting) {
        WebhookSignature signature = WebhookSignature.of(setting);

        assertThat(signature.signs()).isFalse();
        assertThat(signature.headers(EVENT, NOW)).containsOnlyKeys("webhook-id", "webhook-timestamp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!!",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void refusesWhatIsNoSecretAndDoesNotRepeatIt(String secret) {
        assertThatThrownBy(() -> WebhookSignature.of(FIRST + "," + secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret 2 of TRANSCODE_WEBHOOK_SECRET")
                .hasNoCause()
                .message()
                .doesNotContain("MfKQ");
    }

    @Test
    void hidesItsSecrets() {
        assertThat(WebhookSignature.of(FIRST + "," + SECOND)).hasToString("WebhookSignature[2 secrets]");
    }
}
