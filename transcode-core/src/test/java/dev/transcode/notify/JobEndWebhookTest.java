package dev.transcode.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobEndWebhookTest {
    private static final JobId JOB = new JobId("job_1");
    private static final Optional<String> OPERATOR = Optional.of("http://10.0.0.1/all");
    private static final Optional<String> OWN = Optional.of("https://example.org/mine");
    private static final Outcome CANCELLED = new Outcome.Cancelled(Map.of());

    @Test
    void aJobsOwnAddressComesFirstAndIsNotTrusted() {
        EndWebhook.Call call = call(OPERATOR, OWN, CANCELLED);

        assertThat(call.url()).isEqualTo("https://example.org/mine");
        assertThat(call.trusted()).isFalse();
    }

    @Test
    void theOperatorsAddressIsTrusted() {
        EndWebhook.Call call = call(OPERATOR, Optional.empty(), CANCELLED);

        assertThat(call.url()).isEqualTo("http://10.0.0.1/all");
        assertThat(call.trusted()).isTrue();
        assertThat(call(OPERATOR, Optional.of(""), CANCELLED)).matches(EndWebhook.Call::trusted);
    }

    @Test
    void aJobThatNamesTheOperatorsAddressIsStillNotTrusted() {
        assertThat(call(OPERATOR, OPERATOR, CANCELLED).trusted()).isFalse();
    }

    @Test
    void withoutAnyAddressThereIsNone() {
        assertThat(new JobEndWebhook(Optional.empty()).call(JOB, 1, Optional.empty(), CANCELLED))
                .isEmpty();
        assertThat(new JobEndWebhook(Optional.of(" ")).call(JOB, 1, Optional.empty(), CANCELLED))
                .isEmpty();
    }

    @Test
    void tellsHowTheJobEnded() {
        Outcome complete = new Outcome.Complete(List.of(new JobOutput("hls", "p/master.m3u8")), Map.of());
        Outcome failed = new Outcome.Failed(Failure.of(FailureCode.NO_VIDEO, "cannot probe: no video"), Map.of());

        assertThat(call(OPERATOR, OWN, complete))
                .matches(call -> call.body()
                        .equals("{\"job_id\":\"job_1\",\"status\":\"complete\",\"outputs\":[{\"profile\":\"hls\","
                                + "\"key\":\"p/master.m3u8\"}],\"event_id\":\"" + call.eventId()
                                + "\",\"attempt\":3}"));
        assertThat(call(OPERATOR, OWN, failed).body()).contains("\"failed\",\"error\":\"cannot probe: no video\"");
        assertThat(call(OPERATOR, OWN, CANCELLED).body()).contains("\"status\":\"cancelled\",\"event_id\"");
    }

    @Test
    void refusesAnOperatorsAddressThatIsNone() {
        assertThatThrownBy(() -> new JobEndWebhook(Optional.of("https://me:s3cret@example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot use WEBHOOK_URL: it holds a user or password")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void refusesARetryWhichIsNoEnd() {
        Outcome retry = new Outcome.Retry(Failure.of(FailureCode.RESET, "reset"), Duration.ZERO, Map.of());

        assertThatThrownBy(() -> call(OPERATOR, OWN, retry)).isInstanceOf(IllegalArgumentException.class);
    }

    private static EndWebhook.Call call(Optional<String> operator, Optional<String> own, Outcome outcome) {
        return new JobEndWebhook(operator).call(JOB, 3, own, outcome).orElseThrow();
    }
}
