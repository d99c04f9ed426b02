package dev.transcode.cli.serve.api;

import com.google.gson.JsonObject;
import dev.transcode.queue.JobEvent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A queue's event as watchers see it. Pure. */
final class EventView {
    /** The name of all events but progress. */
    static final String STATE = "state";

    static final String PROGRESS = "progress";
    private static final int MAX_FIELD = 1_000;

    private EventView() {}

    static String name(JobEvent event) {
        return event.type().equals(PROGRESS) ? PROGRESS : STATE;
    }

    static JsonObject of(JobEvent event) {
        JsonObject json = new JsonObject();
        json.addProperty("jobId", event.job().value());
        json.addProperty("type", event.type());
        status(event.type()).ifPresent(status -> json.addProperty("status", status));
        json.addProperty("at", event.at().toString());
        for (Map.Entry<String, String> field : new TreeMap<>(event.fields()).entrySet()) {
            String name = Json.camelCase(field.getKey());
            if (!json.has(name) && field.getValue().length() <= MAX_FIELD) {
                JobView.add(json, name, field.getKey(), field.getValue());
            }
        }
        return json;
    }

    /** The job's status after it; empty if the event does not tell. */
    private static Optional<String> status(String type) {
        return switch (type) {
            case "queued", "requeued", "released", "retry" -> Optional.of("queued");
            case "claimed", "progress", "publishing", "cancel_requested" -> Optional.of("processing");
            case "complete", "failed", "cancelled" -> Optional.of(type);
            default -> Optional.empty();
        };
    }
}
