package dev.transcode.cli.serve.api;

import dev.transcode.internal.Version;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.worker.QueueGauges;
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
import java.util.Set;

/** What {@code /metrics} tells, in Prometheus' text format. No job id stands in it. Thread-safe. */
final class Metrics {
    /** A caller makes up others as it likes, and each would stay in memory. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final QueueGauges gauges;
    private final JobStore store;
    private final List<String> queues;

    Metrics(JobStore store, List<String> queues, EventHub hub) {
        this.store = store;
        this.queues = List.copyOf(queues);
        this.gauges = new QueueGauges(registry, queues);
        Gauge.builder("transcode.build.info", () -> 1)
                .description("Always 1; the label tells the version")
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
                .tags(
                        "method",
                        METHODS.contains(method) ? method : "other",
                        "path",
                        path,
                        "status",
                        Integer.toString(status))
                .register(registry)
                .record(time);
    }

    /** {@code GET /metrics}: while the queue is away, what is told of it is not a number. */
    Reply scrape(ApiRequest request) {
        try {
            gauges.observe(store.depths(queues));
        } catch (QueueUnavailableException e) {
            gauges.observe(List.of()); // The process's own figures are worth having all the same.
        }
        return Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }
}
