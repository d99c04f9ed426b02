package dev.transcode.cli.serve.api;

import com.google.gson.JsonObject;
import dev.transcode.job.JobId;
import dev.transcode.job.JobStatus;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.time.Duration;
import java.util.Optional;

/**
 * Server-sent events of one job or of all. With {@code Last-Event-ID} (or the query's {@code lastEventId}) what came
 * after that event follows first; if that one is no longer known, a {@code reset} says so. Without it, one job's stream
 * begins with a {@code status}, all jobs' with {@code ready}.
 */
final class EventsHandler implements HttpHandler {
    private static final String TYPE = "text/event-stream; charset=UTF-8";
    private static final HttpString NO_PROXY_BUFFER = new HttpString("X-Accel-Buffering");

    private final EventHub hub;
    private final JobCalls jobs;
    private final boolean ofOneJob;
    private final long heartbeatMillis;

    /** @param heartbeat after how much silence a comment is sent, so that both ends notice when the other is gone */
    EventsHandler(EventHub hub, JobCalls jobs, boolean ofOneJob, Duration heartbeat) {
        this.hub = hub;
        this.jobs = jobs;
        this.ofOneJob = ofOneJob;
        this.heartbeatMillis = heartbeat.toMillis();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.dispatch(this::open);
    }

    private void open(HttpServerExchange exchange) throws Exception {
        Start start;
        try {
            hub.checkRoom();
            start = start(Exchanges.request(exchange, ""));
        } catch (RuntimeException e) {
            Exchanges.fail(exchange, e);
            return;
        }
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store").put(NO_PROXY_BUFFER, "no");
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, TYPE);
            exchange.endExchange();
            return;
        }
        new ServerSentEventHandler((connection, lastEventId) -> begin(connection, start)).handleRequest(exchange);
    }

    /**
     * How a stream begins.
     *
     * @param readUpTo number of the last event that is not sent
     * @param position of that event, if there is one
     * @param first name of the event that is sent first; empty = none
     */
    private record Start(
            Optional<JobId> job, long readUpTo, Optional<String> position, String first, JsonObject data) {}

    private Start start(ApiRequest request) {
        // Before the status is asked for: what happens in between is then sent as well.
        EventLog events = hub.events();
        Optional<EventLog.Entry> last = events.last();
        Optional<JobStatus> job = ofOneJob ? Optional.of(jobs.find(request.id())) : Optional.empty();
        Optional<JobId> id = job.map(JobStatus::id);
        Optional<String> after = request.header("last-event-id").or(() -> request.query("lastEventId"));
        Optional<Long> known = after.flatMap(events::find);
        if (known.isPresent()) {
            return new Start(id, known.get(), Optional.empty(), "", new JsonObject());
        }
        String usual = ofOneJob ? "status" : "ready";
        return new Start(
                id,
                last.map(EventLog.Entry::number).orElse(0L),
                last.map(EventLog.Entry::position),
                after.isPresent() ? "reset" : usual,
                job.map(jobs::everything).orElseGet(JsonObject::new));
    }

    private void begin(ServerSentEventConnection connection, Start start) {
        connection.setKeepAliveTime(heartbeatMillis);
        if (!start.first().isEmpty()) {
            connection.send(
                    Json.line(start.data()), start.first(), start.position().orElse(null), null);
        }
        hub.add(new Watcher(connection, hub.events(), start.job(), start.readUpTo()));
    }
}
