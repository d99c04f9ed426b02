package dev.transcode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.transcode.hls.HlsLayout;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobStatus;
import dev.transcode.job.WebhookUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job's status as JSON: every field that stands in it, by the names of {@link JobFields}, numbers as numbers and lists
 * as lists. What is empty is left out, except {@code outputs}.
 */
final class StatusJson {
    private StatusJson() {}

    /** @param site the address the output bucket's root is seen at: outputs then have their {@code url} */
    static JsonObject of(JobStatus status, Optional<URI> site) {
        JsonObject json = new JsonObject();
        json.addProperty(JobFields.ID, status.id().value());
        json.addProperty(JobFields.STATUS, status.state().wire());
        json.add(JobFields.OUTPUTS, outputs(status, site));
        for (Map.Entry<String, String> field : new TreeMap<>(status.fields()).entrySet()) {
            String name = field.getKey();
            if (!json.has(name)
                    && !JobFields.isInternal(name)
                    && !field.getValue().isEmpty()) {
                add(json, name, field.getValue());
            }
        }
        return json;
    }

    private static JsonArray outputs(JobStatus status, Optional<URI> site) {
        JsonArray array = new JsonArray();
        for (JobOutput output : status.outputs()) {
            JsonObject item = new JsonObject();
            item.addProperty("profile", output.profile());
            item.addProperty("key", output.key());
            site.ifPresent(url -> item.addProperty(
                    "url", HlsLayout.publicBase(url, output.key()).toString()));
            array.add(item);
        }
        return array;
    }

    /** A value that is not of its field's type, from a foreign worker, stays the string it is. */
    private static void add(JsonObject json, String field, String value) {
        if (field.equals(JobFields.CANCEL)) {
            json.addProperty(field, value.equals("1"));
        } else if (JobFields.isNumber(field)) {
            try {
                json.addProperty(field, new BigDecimal(value));
            } catch (NumberFormatException e) {
                json.addProperty(field, value);
            }
        } else if (field.equals(JobFields.WEBHOOK_URL)) {
            json.addProperty(field, WebhookUrl.shown(value));
        } else if (field.equals(JobFields.FINDINGS)) {
            json.add(field, array(value));
        } else if (field.equals(JobFields.MEDIA) || field.equals(JobFields.PLAN)) {
            object(value).ifPresent(object -> json.add(field, object));
        } else {
            json.addProperty(field, value);
        }
    }

    /** Empty for what some other worker calls so. */
    private static Optional<JsonElement> object(String text) {
        try {
            return Optional.of(JsonParser.parseString(text)).filter(JsonElement::isJsonObject);
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static JsonElement array(String text) {
        try {
            JsonElement element = JsonParser.parseString(text);
            return element.isJsonArray() ? element : new JsonArray();
        } catch (JsonParseException e) {
            return new JsonArray();
        }
    }
}
