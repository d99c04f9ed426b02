package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The spans an SDK gets; without one a worker runs as in {@link WorkerTest}. */
class TracingTest extends WorkerBench {
    private static final AttributeKey<String> JOB = AttributeKey.stringKey("transcode.job.id");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("transcode.outcome");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();

    @AfterEach
    void closeSdk() {
        sdk.close();
    }

    @Test
    void anAttemptIsASpanWithOneBelowItForEachStage() {
        telemetry = sdk;
        start(Map.of());
        push(job("job_1", "in.mp4"));
        SpanData attempt = awaitAttempt("job_1");

        assertThat(attempt.getAttributes().get(OUTCOME)).isEqualTo("complete");
        assertThat(attempt.getAttributes().get(AttributeKey.longKey("transcode.job.attempt")))
                .isEqualTo(1);
        assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(stagesOf(attempt))
                .extracting(SpanData::getName)
                .containsExactly(
                        "transcode fetch",
                        "transcode probe",
                        "transcode plan",
                        "transcode encode",
                        "transcode package",
                        "transcode verify",
                        "transcode publish");
        long end = attempt.getStartEpochNanos();
        for (SpanData stage : stagesOf(attempt)) {
            assertThat(stage.getTraceId()).isEqualTo(attempt.getTraceId());
            assertThat(stage.getStartEpochNanos()).as(stage.getName()).isGreaterThanOrEqualTo(end);
            end = stage.getEndEpochNanos();
        }
        assertThat(attempt.getEndEpochNanos()).isGreaterThanOrEqualTo(end);
    }

    @Test
    void aFailureIsMarkedWhereItHappened() {
        telemetry = sdk;
        start(Map.of());
        encoder.failFirst(new TranscodeException(FailureCode.BAD_INPUT, "boom: https://user:hunter2@example.com"));
        push(job("job_1", "in.mp4"));
        SpanData attempt = awaitAttempt("job_1");

        assertThat(attempt.getAttributes().get(OUTCOME)).isEqualTo("failed");
        assertThat(attempt.getAttributes().get(ERROR)).isEqualTo("bad_input");
        assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attempt.getStatus().getDescription()).contains("boom").doesNotContain("hunter2");
        List<SpanData> stages = stagesOf(attempt);
        SpanData last = stages.get(stages.size() - 1);
        assertThat(last.getName()).isEqualTo("transcode encode");
        assertThat(last.getAttributes().get(ERROR)).isEqualTo("bad_input");
        assertThat(stages.subList(0, stages.size() - 1))
                .allMatch(stage -> stage.getStatus().getStatusCode() == StatusCode.UNSET);
    }

    private SpanData awaitAttempt(String job) {
        return await().until(
                        () -> spans.getFinishedSpanItems().stream()
                                .filter(span -> job.equals(span.getAttributes().get(JOB)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** In the order in which they ended. */
    private List<SpanData> stagesOf(SpanData attempt) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getParentSpanId().equals(attempt.getSpanId()))
                .toList();
    }
}
