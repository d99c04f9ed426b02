package dev.transcode.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.Rung;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.media.Bitrate;
import java.util.ArrayList;
import java.util.List;

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

    /** As {@link #parse(String)}. */
    static Ladder parse(JsonArray array) {
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isJsonObject()) {
                throw new IllegalArgumentException("rung " + (i + 1) + " is not a JSON object");
            }
            try {
                rungs.add(rung(new JsonFields(array.get(i).getAsJsonObject())));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("rung " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Ladder(rungs);
    }

    private static Rung rung(JsonFields json) {
        int height = json.integer("height").orElseThrow(() -> JsonFields.missing("height"));
        String name = json.string("name").orElseThrow(() -> JsonFields.missing("name"));
        return new Rung(
                name,
                height,
                bitrate(json, "bitrate"),
                bitrate(json, "audio_bitrate"),
                json.word(VideoCodec.class, "codec"),
                json.word(Preset.class, "preset"),
                json.integer("crf"),
                json.integer("max_fps"));
    }

    private static Bitrate bitrate(JsonFields json, String field) {
        String text = json.string(field).orElseThrow(() -> JsonFields.missing(field));
        try {
            return Bitrate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }
}
