package dev.transcode.worker;

import dev.transcode.internal.Version;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.Stage;
import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.Notifier;
import dev.transcode.queue.QueueDepth;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a worker counts: base units, and never a job's id in a label. docs/observability.md lists all of it, held against
 * what a worker really answers. Thread-safe.
 */
final class WorkerMetrics {
    /** As {@link Ending#conclude} says them. */
    private static final List<String> OUTCOMES =
            List.of("complete", "retry", "failed", "cancelled", "released", "lost");

    /** From a test clip to a film of hours. */
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2),
        Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(30),
        Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(8)
    };

    private final MeterRegistry registry;
    private final QueueGauges queues;

    /**
     * @param held jobs running now
     * @param ready whether it takes jobs
     */
    WorkerMetrics(MeterRegistry registry, List<String> queues, Collection<?> held, BooleanSupplier ready) {
        this.registry = registry;
        this.queues = new QueueGauges(registry, queues);
        Gauge.builder("transcode.build.info", () -> 1)
                .description("Always 1; the label tells the version")
                .tags("version", Version.current())
                .register(registry);
        Gauge.builder("transcode.jobs.running", held, Collection::size)
                .description("Jobs this worker runs now")
                .register(registry);
        Gauge.builder("transcode.worker.ready", () -> ready.getAsBoolean() ? 1 : 0)
                .description("1 while this worker takes jobs, as /readyz has it")
                .register(registry);
        // From the start, at 0: a counter that appears with its first event hides that event from rate().
        OUTCOMES.forEach(this::jobs);
    }

    /** What the queue's server said just now; empty if it did not answer. */
    void observe(List<QueueDepth> now) {
        queues.observe(now);
    }

    /** A stage of an attempt is over, however it ended. */
    void stage(Stage stage, Duration took) {
        Timer.builder("transcode.stage.duration")
                .description("Time an attempt spent in a stage")
                .tags("stage", stage.wire())
                .register(registry)
                .record(took);
    }

    /** An attempt has ended, with this word and what its status says. */
    void ended(String word, Map<String, String> facts, Duration took) {
        jobs(word).increment();
        Timer.builder("transcode.job.duration")
                .description("From claim to end of an attempt")
                .tags("outcome", word)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
        if (!word.equals("complete")) {
            return;
        }
        DistributionSummary.builder("transcode.speed.ratio")
                .description("Film time encoded in a second")
                .register(registry)
                .record(number(facts, JobFields.ENCODE_SPEED));
        add("transcode.media", "seconds", "Film time transcoded", facts, JobFields.DURATION);
        add("transcode.encode.cpu", "seconds", "CPU time of the encoder", facts, JobFields.CPU_SECONDS);
        add("transcode.input", "bytes", "Sources downloaded", facts, JobFields.INPUT_BYTES);
        add("transcode.output", "bytes", "Outputs uploaded", facts, JobFields.OUTPUT_BYTES);
    }

    /** An attempt has failed, whether another follows or not. */
    void failed(FailureCode code) {
        Counter.builder("transcode.failures")
                .description("Attempts that failed")
                .tags("code", code.wire())
                .register(registry)
                .increment();
    }

    /** Counts the tries of {@code notifier} by what came of them. */
    static Notifier counted(Notifier notifier, MeterRegistry registry) {
        return event -> {
            DeliveryResult result = notifier.deliver(event);
            Counter.builder("transcode.webhook.deliveries")
                    .description("Tries to deliver a webhook")
                    .tags("answer", result.answer().name().toLowerCase(Locale.ROOT))
                    .register(registry)
                    .increment();
            return result;
        };
    }

    private Counter jobs(String word) {
        return Counter.builder("transcode.jobs")
                .description("Attempts that ended")
                .tags("outcome", word)
                .register(registry);
    }

    private void add(String name, String unit, String description, Map<String, String> facts, String field) {
        Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .register(registry)
                .increment(number(facts, field));
    }

    /** A published job of which this attempt only recorded the end has none of these. */
    private static double number(Map<String, String> facts, String field) {
        return Double.parseDouble(facts.getOrDefault(field, "0"));
    }
}
