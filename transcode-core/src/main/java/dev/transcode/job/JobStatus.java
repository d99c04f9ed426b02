package dev.transcode.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job.
 *
 * @param id of the job
 * @param state the published state; a word that is none of ours reads as queued
 * @param stage where a processing job stands, or {@link Stage#RETRY}
 * @param percent of the whole job, 0 to 100
 * @param attempt which attempt runs or ran last, from 1; 0 before the first
 * @param outputs of a complete job, in the ladder's order, the multivariant playlist last
 * @param error of a failed job, or of the last attempt of one that waits for its next
 * @param createdAt when it was pushed or, for a producer that only pushes, first claimed
 * @param fields everything as it stands, by the names of {@link JobFields}
 */
public record JobStatus(
        JobId id,
        JobState state,
        Optional<Stage> stage,
        double percent,
        int attempt,
        List<JobOutput> outputs,
        Optional<String> error,
        Optional<String> errorCode,
        Optional<Instant> createdAt,
        Map<String, String> fields) {
    public JobStatus {
        outputs = List.copyOf(outputs);
        fields = Map.copyOf(fields);
    }

    /** Reads the flat fields, also those of a foreign producer or worker: what is missing or odd there stays empty. */
    public static JobStatus of(JobId id, Map<String, String> fields) {
        return new JobStatus(
                id,
                JobState.fromWire(fields.getOrDefault(JobFields.STATUS, "")).orElse(JobState.QUEUED),
                stage(fields.getOrDefault(JobFields.STAGE, "")),
                Math.max(0, Math.min(100, number(fields.get(JobFields.PROGRESS)))),
                (int) number(fields.get(JobFields.ATTEMPT)),
                outputs(fields.getOrDefault(JobFields.OUTPUTS, "[]")),
                text(fields.get(JobFields.ERROR)),
                text(fields.get(JobFields.ERROR_CODE)),
                instant(fields.get(JobFields.CREATED_AT)),
                fields);
    }

    /** The field of that name of {@link JobFields}; empty if it is missing or empty. */
    public Optional<String> field(String name) {
        return text(fields.get(name));
    }

    /** The time in the field of that name; empty if there is none. */
    public Optional<Instant> time(String name) {
        return instant(fields.get(name));
    }

    /** {@code outputs} as the contract's JSON array. */
    public static String outputsJson(List<JobOutput> outputs) {
        JsonArray array = new JsonArray();
        for (JobOutput output : outputs) {
            JsonObject object = new JsonObject();
            object.addProperty("profile", output.profile());
            object.addProperty("key", output.key());
            array.add(object);
        }
        return array.toString();
    }

    private static Optional<Stage> stage(String word) {
        try {
            return word.isEmpty() ? Optional.empty() : Optional.of(Stage.valueOf(word.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<JobOutput> outputs(String json) {
        List<JobOutput> outputs = new ArrayList<>();
        try {
            for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
                JsonObject object = element.getAsJsonObject();
                outputs.add(new JobOutput(
                        object.get("profile").getAsString(), object.get("key").getAsString()));
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            return List.of();
        }
        return outputs;
    }

    private static double number(@Nullable String text) {
        try {
            double number = text == null || text.isEmpty() ? 0 : Double.parseDouble(text);
            return Double.isFinite(number) ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return text(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
