package dev.transcode.queue.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what scripts and commands return. */
final class Reply {
    private Reply() {}

    /** Bulk text. */
    static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }

    /** What a script says in one word. */
    static String word(List<Object> reply) {
        return text(reply.get(0));
    }

    /** What a script counted. */
    static int number(List<Object> reply) {
        return Math.toIntExact((Long) reply.get(0));
    }

    /** What stands nested in a reply. */
    @SuppressWarnings("unchecked") // what a Lua table becomes
    static List<Object> list(Object reply) {
        return (List<Object>) reply;
    }

    /** Names and values, flat. */
    static Map<String, String> fields(List<Object> flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), text(flat.get(i + 1)));
        }
        return fields;
    }

    static Map<String, String> fields(Map<String, byte[]> hash) {
        Map<String, String> fields = new HashMap<>();
        hash.forEach((name, value) -> fields.put(name, text(value)));
        return fields;
    }
}
