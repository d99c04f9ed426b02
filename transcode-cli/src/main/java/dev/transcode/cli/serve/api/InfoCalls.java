package dev.transcode.cli.serve.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.transcode.JsonReports;
import dev.transcode.internal.Version;
import dev.transcode.ladder.Profile;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.QueueDepth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The calls that tell about the system, not about one job. */
final class InfoCalls {
    private static final String OPENAPI = text("openapi.yaml");

    private final JobStore store;
    private final List<String> queues;
    private final EventHub hub;

    InfoCalls(JobStore store, List<String> queues, EventHub hub) {
        this.store = store;
        this.queues = List.copyOf(queues);
        this.hub = hub;
    }

    /** {@code GET /api/transcode/queues}. */
    Reply queues(ApiRequest request) {
        JsonArray array = new JsonArray();
        for (QueueDepth depth : store.depths(queues)) {
            JsonObject json = new JsonObject();
            json.addProperty("queue", depth.queue());
            json.addProperty("waiting", depth.waiting());
            json.addProperty("running", depth.running());
            json.addProperty("delayed", depth.delayed());
            json.addProperty("dead", depth.dead());
            json.addProperty("malformed", depth.malformed());
            json.addProperty("workers", depth.workers());
            json.addProperty(
                    "oldestAgeSeconds",
                    depth.oldestAge().map(age -> age.toMillis() / 1000.0).orElse(null));
            array.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("queues", array);
        return Reply.json(200, json);
    }

    /** {@code GET /api/transcode/profiles}: ladders in the form that a job takes. */
    Reply profiles(ApiRequest request) {
        return Reply.json(200, Json.object(JsonReports.of(Profile.all())));
    }

    /** {@code GET /openapi.yaml}. */
    Reply openApi(ApiRequest request) {
        return Reply.text(200, "application/yaml", OPENAPI);
    }

    /** {@code GET /healthz}: this process answers. */
    Reply health(ApiRequest request) {
        JsonObject json = new JsonObject();
        json.addProperty("status", "ok");
        json.addProperty("version", Version.current());
        return Reply.json(200, json);
    }

    /** {@code GET /readyz}: the queue answers too. */
    Reply ready(ApiRequest request) {
        JsonArray reasons = new JsonArray();
        try {
            store.depths(queues);
            if (!hub.isConnected()) {
                reasons.add("the queue's events are not read yet");
            }
        } catch (RuntimeException e) {
            reasons.add(Problems.of(e).getMessage());
        }
        JsonObject json = new JsonObject();
        json.addProperty("status", reasons.isEmpty() ? "ready" : "not_ready");
        json.add("reasons", reasons);
        return Reply.json(reasons.isEmpty() ? 200 : 503, json);
    }

    private static String text(String resource) {
        try (InputStream in = InfoCalls.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("cannot read " + resource + ": it is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
