package dev.transcode.cli.serve.api;

import dev.transcode.internal.Version;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.QueueUnavailableException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What {@code /metrics} tells, in Prometheus' text format. No job id stands in it. Thread-safe. */
final class Metrics {
    private static final String QUEUE = "queue";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, QueueDepth> depths = new ConcurrentHashMap<>();
    private final JobStore store;
    private final List<String> queues;

    Metrics(JobStore store, List<String> queues, EventHub hub) {
        this.store = store;
        this.queues = List.copyOf(queues);
        for (String queue : queues) {
            queueGauge("transcode.queue.depth", "Jobs that wait.", queue, QueueDepth::waiting);
            queueGauge("transcode.queue.running", "Jobs that run.", queue, QueueDepth::running);
            queueGauge("transcode.queue.delayed", "Jobs that wait for their next attempt.", queue, QueueDepth::delayed);
            queueGauge("transcode.queue.dead", "Failed jobs that can be retried by hand.", queue, QueueDepth::dead);
            queueGauge("transcode.queue.workers", "Workers that live.", queue, QueueDepth::workers);
            queueGauge(
                    "transcode.queue.oldest.age.seconds",
                    "How long the next job has waited.",
                    queue,
                    depth -> depth.oldestAge()
                            .map(age -> age.toMillis() / 1000.0)
                            .orElse(0.0));
        }
        Gauge.builder("transcode.build.info", () -> 1)
                .tag("version", Version.current())
                .register(registry);
        Gauge.builder("transcode.event.watchers", hub, EventHub::watchers)
                .description("Connections that watch events.")
                .register(registry);
        FunctionCounter.builder("transcode.event.watchers.dropped", hub, EventHub::dropped)
                .description("Watchers dropped because they were too slow.")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** As {@link Router.Observer}; a stream of events counts once it has ended. */
    void answered(String method, String path, int status, Duration time) {
        Timer.builder("transcode.http.requests")
                .description("Calls answered, by route.")
                .tags("method", method, "path", path, "status", Integer.toString(status))
                .register(registry)
                .record(time);
    }

    /** {@code GET /metrics}: while the queue is away, what is told of it is not a number. */
    Reply scrape(ApiRequest request) {
        depths.clear();
        try {
            store.depths(queues).forEach(depth -> depths.put(depth.queue(), depth));
        } catch (QueueUnavailableException e) {
            // The process's own figures are worth having all the same.
        }
        return Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }

    private void queueGauge(String name, String description, String queue, ToDoubleFunction<QueueDepth> value) {
        Gauge.builder(name, () -> {
                    QueueDepth depth = depths.get(queue);
                    return depth == null ? Double.NaN : value.applyAsDouble(depth);
                })
                .description(description)
                .tag(QUEUE, queue)
                .register(registry);
    }
}
