package dev.transcode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.transcode.internal.FileErrors;
import dev.transcode.job.FailureCode;
import dev.transcode.job.Job;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Submission;
import dev.transcode.worker.Setting;
import dev.transcode.worker.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job about to be submitted.
 *
 * @param json is what is queued; {@code job} is what it means
 */
record NewJob(Job job, String json) {
    /** @throws TranscodeException ({@link FailureCode#INVALID_JOB}) if a worker would refuse it */
    static NewJob of(Job job) {
        String json = JobJson.write(job);
        return new NewJob(JobJson.parse(json, JobJson.Defaults.NONE), json);
    }

    /**
     * Reads the contract's JSON. What is complete is queued as it is; an id and buckets that are missing are filled in.
     *
     * @throws TranscodeException ({@link FailureCode#INVALID_JOB}) if a worker would refuse it
     */
    static NewJob read(String text, Settings settings) {
        String json = text.strip();
        if (json.getBytes(StandardCharsets.UTF_8).length > JobJson.MAX_BYTES) {
            throw new TranscodeException(
                    FailureCode.INVALID_JOB, "cannot read the job: it is larger than " + JobJson.MAX_BYTES + " bytes");
        }
        String complete = complete(json, settings);
        return new NewJob(JobJson.parse(complete, JobJson.Defaults.NONE), complete);
    }

    /** @param file {@code -} = standard input */
    static NewJob readFile(String file, Settings settings) {
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return read(new String(bytes, StandardCharsets.UTF_8), settings);
        } catch (IOException e) {
            throw new TranscodeException(
                    FailureCode.INPUT_NOT_FOUND, "cannot read the job from " + FileErrors.reason(e), e);
        }
    }

    Submission submission(String queue) {
        return Submission.of(job, queue, Payload.of(json), Optional.empty());
    }

    private static String complete(String json, Settings settings) {
        @Nullable JsonElement element;
        try {
            element = Json.strict(json);
        } catch (JsonParseException | StackOverflowError e) {
            return json; // JobJson says what is wrong with it.
        }
        if (element == null || !element.isJsonObject()) {
            return json;
        }
        JsonObject object = element.getAsJsonObject();
        boolean changed = add(
                object, "id", "id", Optional.of(JobId.create(Clock.systemUTC()).value()));
        changed |= add(object, "input_bucket", "inputBucket", settings.text(Setting.S3_BUCKET));
        changed |= add(object, "output_bucket", "outputBucket", settings.text(Setting.S3_BUCKET));
        return changed ? Json.line(object) : json;
    }

    private static boolean add(JsonObject object, String field, String camelCase, Optional<String> value) {
        boolean missing = isMissing(object, field) && isMissing(object, camelCase) && value.isPresent();
        value.filter(text -> missing).ifPresent(text -> object.addProperty(field, text));
        return missing;
    }

    private static boolean isMissing(JsonObject object, String field) {
        return !object.has(field) || object.get(field).isJsonNull();
    }
}
