package dev.transcode.worker;

import dev.transcode.queue.QueueDepth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * How full the queues are, as gauges with the queue's name as label. Each is not a number until something was observed,
 * and while the queue's server is away. Thread-safe.
 */
public final class QueueGauges {
    private final MeterRegistry registry;
    private final Map<String, QueueDepth> depths = new ConcurrentHashMap<>();

    public QueueGauges(MeterRegistry registry, List<String> queues) {
        this.registry = registry;
        for (String queue : queues) {
            gauge(queue, "depth", "Jobs that wait in the list", QueueDepth::waiting);
            gauge(queue, "running", "Jobs that run, on any worker", QueueDepth::running);
            gauge(queue, "delayed", "Jobs that wait for their next attempt", QueueDepth::delayed);
            gauge(queue, "dead", "Failed and cancelled jobs that can be retried by hand", QueueDepth::dead);
            gauge(queue, "malformed", "Payloads put away because they were no jobs", QueueDepth::malformed);
            gauge(queue, "workers", "Workers that live", QueueDepth::workers);
            Gauge.builder("transcode.queue.oldest.age", () -> value(queue, QueueGauges::oldestSeconds))
                    .description("How long the next job has been known to wait")
                    .baseUnit("seconds")
                    .tag("queue", queue)
                    .register(registry);
        }
    }

    /** What the queue's server said just now; empty if it did not answer. */
    public void observe(List<QueueDepth> now) {
        depths.clear();
        now.forEach(depth -> depths.put(depth.queue(), depth));
    }

    private void gauge(String queue, String name, String description, ToDoubleFunction<QueueDepth> value) {
        Gauge.builder("transcode.queue." + name, () -> value(queue, value))
                .description(description)
                .tag("queue", queue)
                .register(registry);
    }

    private double value(String queue, ToDoubleFunction<QueueDepth> value) {
        QueueDepth depth = depths.get(queue);
        return depth == null ? Double.NaN : value.applyAsDouble(depth);
    }

    private static double oldestSeconds(QueueDepth depth) {
        return depth.oldestAge().map(Duration::toMillis).orElse(0L) / 1e3;
    }
}
