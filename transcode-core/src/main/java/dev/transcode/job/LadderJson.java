package dev.transcode.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.Rung;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.media.Bitrate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ladder} of the wire contract: {@code [{"name": "720p", "height": 720, "bitrate": "4M", "audio_bitrate":
 * "128k"}]}. Unknown fields are ignored.
 */
public final class LadderJson {
    private LadderJson() {}

    /**
     * Reads the array, or an object (a whole job) that holds it as {@code ladder}.
     *
     * @throws IllegalArgumentException with a sentence that names the rung and the field which is wrong
     */
    public static Ladder parse(String json) {
        try {
            JsonElement element = JsonParser.parseString(json);
            if (element.isJsonObject()) {
                element = element.getAsJsonObject().get("ladder");
            }
            if (element == null || !element.isJsonArray()) {
                throw new IllegalArgumentException("the ladder is not a JSON array of rungs");
            }
            return parse(element.getAsJsonArray());
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("the ladder is not JSON: " + e.getMessage(), e);
        }
    }

    private static Ladder parse(JsonArray array) {
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isJsonObject()) {
                throw new IllegalArgumentException("rung " + (i + 1) + " is not a JSON object");
            }
            try {
                rungs.add(rung(array.get(i).getAsJsonObject()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("rung " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Ladder(rungs);
    }

    private static Rung rung(JsonObject json) {
        int height = integer(json, "height").orElseThrow(() -> missing("height"));
        String name = string(json, "name").orElseThrow(() -> missing("name"));
        return new Rung(
                name,
                height,
                bitrate(json, "bitrate"),
                bitrate(json, "audio_bitrate"),
                string(json, "codec").map(word -> word(VideoCodec.class, "codec", word)),
                string(json, "preset").map(word -> word(Preset.class, "preset", word)),
                integer(json, "crf"),
                integer(json, "max_fps"));
    }

    private static Bitrate bitrate(JsonObject json, String field) {
        String text = string(json, field).orElseThrow(() -> missing(field));
        try {
            return Bitrate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    /** A string, or a number as written. */
    private static Optional<String> string(JsonObject json, String field) {
        JsonPrimitive value = primitive(json, field);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isBoolean()) {
            throw new IllegalArgumentException(field + " is neither a string nor a number");
        }
        return Optional.of(value.getAsString());
    }

    private static OptionalInt integer(JsonObject json, String field) {
        JsonPrimitive value = primitive(json, field);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(value.getAsBigDecimal().intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(field + " is not a whole number", e);
        }
    }

    private static @Nullable JsonPrimitive primitive(JsonObject json, String field) {
        JsonElement value = json.get(field);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (!value.isJsonPrimitive()) {
            throw new IllegalArgumentException(field + " is neither a string nor a number");
        }
        return value.getAsJsonPrimitive();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String field, String word) {
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + " has an unknown value: '" + word + "'", e);
        }
    }

    private static IllegalArgumentException missing(String field) {
        return new IllegalArgumentException(field + " is missing");
    }
}
