package dev.transcode.cli.serve.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import org.jspecify.annotations.Nullable;

/** JSON as the API reads and writes it. */
final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setStrictness(Strictness.STRICT)
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private Json() {}

    /** On one line. */
    static String line(Object value) {
        return GSON.toJson(value);
    }

    /** @throws ApiProblem 400 if it is not a JSON object */
    static JsonObject object(String text) {
        try {
            @Nullable JsonElement element = GSON.fromJson(text, JsonElement.class);
            if (element != null && element.isJsonObject()) {
                return element.getAsJsonObject();
            }
            throw notAnObject("it is no JSON object");
        } catch (JsonParseException e) {
            throw notAnObject("it is no JSON");
        } catch (StackOverflowError e) {
            throw notAnObject("it is nested too deeply");
        }
    }

    /** {@code created_at} as {@code createdAt}. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            camel.append(c == '_' && i + 1 < name.length() ? Character.toUpperCase(name.charAt(++i)) : c);
        }
        return camel.toString();
    }

    private static ApiProblem notAnObject(String reason) {
        return new ApiProblem(
                400, "invalid_json", "cannot read the request's body: " + reason, "Send one JSON object in UTF-8.");
    }
}
