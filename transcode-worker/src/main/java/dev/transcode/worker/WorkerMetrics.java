package dev.transcode.worker;

import dev.transcode.internal.Version;
import dev.transcode.job.JobFields;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.QueueDepth;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a worker counts: base units, and never a job's id in a label. Thread-safe. */
final class WorkerMetrics {
    private final MeterRegistry registry;
    private final Map<String, QueueDepth> depths = new ConcurrentHashMap<>();

    /** @param held jobs running now */
    WorkerMetrics(MeterRegistry registry, List<String> queues, Collection<?> held) {
        this.registry = registry;
        Gauge.builder("transcode.build.info", () -> 1)
                .description("Always 1; the label tells the version")
                .tags("version", Version.current())
                .register(registry);
        Gauge.builder("transcode.jobs.running", held, Collection::size)
                .description("Jobs this worker runs now")
                .register(registry);
        for (String queue : queues) {
            Tags tags = Tags.of("queue", queue);
            gauge("transcode.queue.depth", "Payloads that wait in the list", queue, tags);
            Gauge.builder("transcode.queue.oldest.age", () -> oldest(queue))
                    .description("How long the next payload has been known to wait")
                    .baseUnit("seconds")
                    .tags(tags)
                    .register(registry);
        }
    }

    private void gauge(String name, String description, String queue, Tags tags) {
        Gauge.builder(name, () -> depths.containsKey(queue) ? depths.get(queue).waiting() : Double.NaN)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private double oldest(String queue) {
        QueueDepth depth = depths.get(queue);
        return depth == null
                ? Double.NaN
                : depth.oldestAge().map(Duration::toMillis).orElse(0L) / 1e3;
    }

    /** What the queue's server said just now; empty if it did not answer. */
    void observe(List<QueueDepth> now) {
        depths.clear();
        now.forEach(depth -> depths.put(depth.queue(), depth));
    }

    /** An attempt has ended. */
    void ended(String word, Outcome outcome, Duration took) {
        Counter.builder("transcode.jobs")
                .description("Attempts that ended")
                .tags("outcome", word)
                .register(registry)
                .increment();
        Timer.builder("transcode.job.duration")
                .description("From claim to end of an attempt")
                .tags("outcome", word)
                .register(registry)
                .record(took);
        String speed = outcome.facts().get(JobFields.ENCODE_SPEED);
        if (speed != null) {
            registry.summary("transcode.speed.ratio").record(Double.parseDouble(speed));
        }
    }
}
