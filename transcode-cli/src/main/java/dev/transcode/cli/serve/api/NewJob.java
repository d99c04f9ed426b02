package dev.transcode.cli.serve.api;

import com.google.gson.JsonObject;
import dev.transcode.job.Job;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Submission;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;

/** What is queued for a submitted body: the contract's JSON in its own names, complete with id and buckets. Pure. */
final class NewJob {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final long SECONDS_DIGITS = 10_000_000_000L;

    private NewJob() {}

    /**
     * @param body all of a job's fields in camel or snake case
     * @throws ApiProblem 400 if it is no JSON object
     * @throws dev.transcode.job.TranscodeException {@code invalid_job} naming the field that is missing or wrong
     */
    static Submission read(
            String body, JobJson.Defaults defaults, String queue, Optional<String> idempotencyKey, Clock clock) {
        JsonObject json = Json.object(body);
        if (!json.has("id") || json.get("id").isJsonNull()) {
            JobId id = idempotencyKey.map(key -> idOf(key, body)).orElseGet(() -> JobId.create(clock));
            json.addProperty("id", id.value());
        }
        Job job = JobJson.parse(Json.line(json), defaults);
        return Submission.of(job, queue, Payload.of(JobJson.write(job)), idempotencyKey);
    }

    /** The same for the same key and body, so that a repeated submission has the same payload. */
    static JobId idOf(String key, String body) {
        byte[] hash = Hashes.sha256(key + '\n' + body);
        long number = ByteBuffer.wrap(hash).getLong();
        StringBuilder id = new StringBuilder("job_")
                .append(String.format("%010d", Math.floorMod(number, SECONDS_DIGITS)))
                .append('_');
        for (int i = 0; i < 6; i++) {
            id.append(ALPHABET.charAt((hash[Long.BYTES + i] & 0xff) % ALPHABET.length()));
        }
        return new JobId(id.toString());
    }
}
