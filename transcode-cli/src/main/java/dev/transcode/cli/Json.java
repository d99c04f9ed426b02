package dev.transcode.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import org.jspecify.annotations.Nullable;

/** JSON as commands print it. */
final class Json {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private Json() {}

    /**
     * Reads what is JSON to everybody; null for nothing at all.
     *
     * @throws com.google.gson.JsonParseException if it is none
     */
    static @Nullable JsonElement strict(String json) {
        return STRICT.fromJson(json, JsonElement.class);
    }

    static String pretty(JsonElement json) {
        return PRETTY.toJson(json);
    }

    /** On one line: for commands that print one object after the other. */
    static String line(JsonElement json) {
        return LINE.toJson(json);
    }
}
