package dev.transcode.queue.redis;

import com.google.gson.JsonObject;
import dev.transcode.queue.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is kept of a payload that is no job: JSON for people to look at. */
final class MalformedEntry {
    private static final int KEPT = 1024;

    private MalformedEntry() {}

    static String json(String why, Payload payload) {
        byte[] start = Arrays.copyOf(payload.bytes(), Math.min(payload.size(), KEPT));
        JsonObject entry = new JsonObject();
        entry.addProperty("why", why);
        entry.addProperty("sha256", payload.sha256());
        entry.addProperty("size", payload.size());
        entry.addProperty("payload", new String(start, StandardCharsets.UTF_8));
        return entry.toString();
    }
}
