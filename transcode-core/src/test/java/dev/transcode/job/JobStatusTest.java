package dev.transcode.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobStatusTest {
    private static final JobId ID = new JobId("a");

    @Test
    void readsTheOldWorkersHash() {
        JobStatus status = JobStatus.of(
                ID,
                Map.of(
                        "status",
                        "complete",
                        "outputs",
                        "[{\"profile\": \"720p\", \"key\": \"p/720p.mp4\"}, {\"profile\": \"hls\", \"key\": \"p/master.m3u8\"}]"));

        assertThat(status.state()).isEqualTo(JobState.COMPLETE);
        assertThat(status.outputs())
                .containsExactly(new JobOutput("720p", "p/720p.mp4"), new JobOutput("hls", "p/master.m3u8"));
        assertThat(status.createdAt()).isEmpty();
    }

    @Test
    void leavesOutWhatIsOdd() {
        JobStatus status = JobStatus.of(
                ID,
                Map.of(
                        "status",
                        "wild",
                        "outputs",
                        "{",
                        "stage",
                        "dance",
                        "progress",
                        "much",
                        "created_at",
                        "now",
                        "error",
                        ""));

        assertThat(status)
                .isEqualTo(new JobStatus(
                        ID,
                        JobState.QUEUED,
                        Optional.empty(),
                        0,
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        status.fields()));
    }

    @Test
    void readsItsOwnFields() {
        JobStatus status = JobStatus.of(
                ID,
                Map.of(
                        "status",
                        "processing",
                        "stage",
                        "encode",
                        "progress",
                        "41.5",
                        "attempt",
                        "2",
                        "created_at",
                        "2026-01-02T03:04:05.678Z"));

        assertThat(status.stage()).contains(Stage.ENCODE);
        assertThat(status.percent()).isEqualTo(41.5);
        assertThat(status.attempt()).isEqualTo(2);
        assertThat(status.createdAt()).contains(Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0", "1e999, 0", "-3, 0", "250, 100", "0x1p3, 8", "soon, 0"})
    void progressIsAPercentageWhateverStandsThere(String progress, double percent) {
        assertThat(JobStatus.of(ID, Map.of("progress", progress, "attempt", progress))
                        .percent())
                .isEqualTo(percent);
    }

    @Test
    void writesTheContractsOutputs() {
        assertThat(JobStatus.outputsJson(List.of(new JobOutput("720p", "p/720p.mp4"))))
                .isEqualTo("[{\"profile\":\"720p\",\"key\":\"p/720p.mp4\"}]");
    }

    @Test
    void retriesWhatMayEndBetter() {
        assertThat(RetryPolicy.delayAfter(FailureCode.BAD_INPUT, 1, new Random(1)))
                .isEmpty();
        assertThat(RetryPolicy.delayAfter(FailureCode.S3_5XX, 4, new Random(1))).isEmpty();
        for (int attempt = 1; attempt < 4; attempt++) {
            double most = Math.min(600, 5 * Math.pow(4, attempt - 1.0));
            Optional<Duration> delay = RetryPolicy.delayAfter(FailureCode.S3_5XX, attempt, new Random(attempt));
            assertThat(delay.orElseThrow().toMillis()).isBetween((long) (most * 500) - 1, (long) (most * 1000));
        }
    }
}
