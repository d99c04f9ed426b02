package dev.transcode.cli.serve.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobStatus;
import dev.transcode.job.WebhookUrl;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A job's status as the API's JSON, in camel case. Pure. */
final class JobView {
    private JobView() {}

    /** The contract's status: jobId, status, outputs; and what helps while it runs or after it failed. */
    static JsonObject status(JobStatus job) {
        JsonObject json = new JsonObject();
        json.addProperty("jobId", job.id().value());
        json.addProperty("status", job.state().wire());
        json.add("outputs", outputs(job));
        progress(json, job);
        return json;
    }

    /** The contract's entry of the list: id, status, created; and how far it is. */
    static JsonObject entry(JobStatus job) {
        JsonObject json = new JsonObject();
        json.addProperty("id", job.id().value());
        json.addProperty("status", job.state().wire());
        json.addProperty("created", created(job).map(Instant::toString).orElse(null));
        for (String name : new String[] {JobFields.SOURCE, JobFields.OUTPUT, JobFields.QUEUE}) {
            job.field(name).ifPresent(value -> json.addProperty(name, value));
        }
        job.field(JobFields.FINISHED_AT).ifPresent(value -> json.addProperty("finishedAt", value));
        number(json, job, JobFields.SPEED);
        number(json, job, JobFields.ETA);
        progress(json, job);
        return json;
    }

    /** Everything known. */
    static JsonObject full(JobStatus job) {
        JsonObject json = new JsonObject();
        json.addProperty("jobId", job.id().value());
        json.addProperty("status", job.state().wire());
        json.add("outputs", outputs(job));
        for (Map.Entry<String, String> field : new TreeMap<>(job.fields()).entrySet()) {
            String name = Json.camelCase(field.getKey());
            if (!json.has(name) && !name.equals("id") && !JobFields.isInternal(field.getKey())) {
                add(json, name, field.getKey(), field.getValue());
            }
        }
        return json;
    }

    /** One field of a job or an event; what is empty is left out, what is not of its field's type stays a string. */
    static void add(JsonObject json, String name, String field, String value) {
        if (value.isEmpty() || JobFields.isInternal(field)) {
            return;
        }
        switch (field) {
            case JobFields.CANCEL -> json.addProperty("cancelRequested", value.equals("1"));
            case JobFields.FINDINGS -> json.add(name, array(value));
            case JobFields.MEDIA, JobFields.PLAN -> object(value).ifPresent(object -> json.add(name, object));
            case JobFields.WEBHOOK_URL -> json.addProperty(name, WebhookUrl.shown(value));
            default -> addPlain(json, name, field, value);
        }
    }

    private static void addPlain(JsonObject json, String name, String field, String value) {
        try {
            if (JobFields.isNumber(field)) {
                json.addProperty(name, new BigDecimal(value));
                return;
            }
        } catch (NumberFormatException e) {
            // Some other worker's: as it stands.
        }
        json.addProperty(name, value);
    }

    private static void progress(JsonObject json, JobStatus job) {
        json.addProperty("progress", job.percent());
        job.stage().ifPresent(stage -> json.addProperty("stage", stage.wire()));
        json.addProperty("attempt", job.attempt());
        job.error().ifPresent(error -> json.addProperty("error", error));
        job.errorCode().ifPresent(code -> json.addProperty("errorCode", code));
        job.field(JobFields.HINT).ifPresent(hint -> json.addProperty("hint", hint));
    }

    private static void number(JsonObject json, JobStatus job, String field) {
        add(json, Json.camelCase(field), field, job.field(field).orElse(""));
    }

    /** To the second, as the contract shows it. */
    private static Optional<Instant> created(JobStatus job) {
        return job.createdAt()
                .or(() -> job.time(JobFields.STARTED_AT))
                .or(() -> job.time(JobFields.UPDATED_AT))
                .map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static JsonArray outputs(JobStatus job) {
        JsonArray array = new JsonArray();
        for (JobOutput output : job.outputs()) {
            JsonObject item = new JsonObject();
            item.addProperty("profile", output.profile());
            item.addProperty("key", output.key());
            array.add(item);
        }
        return array;
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
