package dev.transcode.worker;

import dev.transcode.internal.Version;
import dev.transcode.job.Failure;
import dev.transcode.job.Stage;
import dev.transcode.queue.Lease;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns an attempt into metrics and a trace: a span for the attempt, and below it one for each of its stages. Without an
 * OpenTelemetry SDK the spans are nothing. Thread-safe; what comes after {@link #end} is ignored.
 */
final class AttemptWatch {
    /** Of the words for an attempt's end those that are somebody's fault. */
    private static final Set<String> FAILED = Set.of("failed", "retry");

    private final WorkerMetrics metrics;
    private final LongSupplier nanoTime;
    private final long start;
    private final Tracer tracer;
    private final Span span;
    private final Context context;

    // Both guarded by this.
    private @Nullable Running running;
    private boolean ended;

    private record Running(Stage stage, long since, Span span) {}

    private AttemptWatch(OpenTelemetry telemetry, WorkerMetrics metrics, Lease lease, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.tracer = telemetry.getTracer("dev.transcode", Version.current());
        this.span = tracer.spanBuilder("transcode attempt")
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("transcode.job.id", lease.id().value())
                .setAttribute("transcode.job.attempt", lease.attempt())
                .setAttribute("transcode.queue", lease.queue())
                .startSpan();
        this.context = Context.current().with(span);
    }

    /** The attempt begins now. */
    static AttemptWatch start(OpenTelemetry telemetry, WorkerMetrics metrics, Lease lease, LongSupplier nanoTime) {
        return new AttemptWatch(telemetry, metrics, lease, nanoTime);
    }

    /** Runs {@code task} with the attempt's span as the current one, for whatever else makes spans below it. */
    void run(Runnable task) {
        context.wrap(task).run();
    }

    /** The next stage begins now. */
    synchronized void enter(Stage stage) {
        if (ended) {
            return;
        }
        leave();
        Span stageSpan = tracer.spanBuilder("transcode " + stage.wire())
                .setParent(context)
                .setAttribute("transcode.stage", stage.wire())
                .startSpan();
        running = new Running(stage, nanoTime.getAsLong(), stageSpan);
    }

    /** Nothing more is done for the job; what became of it is still to be recorded. */
    synchronized void stop(Optional<Failure> failure) {
        Running last = running;
        if (last != null) {
            failure.ifPresent(why -> mark(last.span(), why));
        }
        leave();
    }

    /**
     * It is recorded.
     *
     * @param word as {@link Ending#conclude} says it
     */
    synchronized void end(String word, JobAttempt.End end) {
        if (FAILED.contains(word)) {
            end.failure().ifPresent(why -> {
                metrics.failed(why.code());
                mark(span, why);
            });
        }
        metrics.ended(word, end.outcome().facts(), Duration.ofNanos(nanoTime.getAsLong() - start));
        span.setAttribute("transcode.outcome", word);
        close();
    }

    /** Its end could not be recorded; after {@link #end} nothing. */
    synchronized void close() {
        leave();
        if (!ended) {
            ended = true;
            span.end();
        }
    }

    private void leave() {
        Running over = running;
        if (over != null) {
            metrics.stage(over.stage(), Duration.ofNanos(nanoTime.getAsLong() - over.since()));
            over.span().end();
            running = null;
        }
    }

    private static void mark(Span failed, Failure why) {
        failed.setAttribute("error.type", why.code().wire());
        failed.setStatus(StatusCode.ERROR, MaskingEncoder.masked(why.message()));
    }
}
