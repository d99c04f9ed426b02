package dev.transcode.internal;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;

/**
 * Reads a {@code report.json}, which may be a stranger's, in little memory: what is long in a report of ours, the facts
 * of each segment, is passed over, and the rest may only hold so many values. All of a large file as a tree would take
 * some thirty times its size.
 */
public final class ReportJson {
    /** A report of ours has some hundreds beside its segments. */
    private static final int MAX_VALUES = 100_000;

    private static final String SEGMENTS = "segments";
    private static final TypeAdapter<JsonElement> LEAF = new Gson().getAdapter(JsonElement.class);

    private final JsonReader in;
    private int values;

    private ReportJson(JsonReader in) {
        this.in = in;
    }

    /**
     * The report, but for any member that is called {@code segments}.
     *
     * @throws IOException if {@code reader} cannot be read, is no JSON object or holds too many values
     */
    public static JsonObject read(Reader reader) throws IOException {
        JsonReader in = new JsonReader(reader);
        try {
            JsonObject report = new ReportJson(in).object();
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("there is more after the report's end");
            }
            return report;
        } catch (IllegalStateException e) {
            // Gson's way to say that a value has another type.
            throw new IOException(e.getMessage(), e);
        }
    }

    private JsonObject object() throws IOException {
        JsonObject object = new JsonObject();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (name.equals(SEGMENTS)) {
                in.skipValue();
            } else {
                object.add(name, value());
            }
        }
        in.endObject();
        return object;
    }

    private JsonArray array() throws IOException {
        JsonArray array = new JsonArray();
        in.beginArray();
        while (in.hasNext()) {
            array.add(value());
        }
        in.endArray();
        return array;
    }

    private JsonElement value() throws IOException {
        values++;
        if (values > MAX_VALUES) {
            throw new IOException("it holds more than " + MAX_VALUES + " values");
        }
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            default -> LEAF.read(in);
        };
    }
}
