package dev.transcode.job;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.Profile;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.Rung;
import dev.transcode.ladder.VideoCodec;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A job of the wire contract: {@code {"id", "input_bucket", "input_key", "output_bucket", "output_prefix", "ladder",
 * "webhook_url"}} and the optional fields beside them. Unknown fields are ignored; names in camel case are read too.
 */
public final class JobJson {
    /** The largest payload that is read. */
    public static final int MAX_BYTES = 64 * 1024;

    /**
     * A payload too large to be a job is still searched for its id and webhook, up to this size: as a tree it takes many
     * times as much memory.
     */
    public static final int MAX_SEARCHED_BYTES = 1 << 20;

    /** As RFC 8259 has it: what other readers of the queue refuse is no job here either. */
    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private JobJson() {}

    /**
     * What stands in for fields a job leaves out.
     *
     * @param bucket of source and output
     * @param publicBaseUrl as {@link Job#publicBaseUrl}
     */
    public record Defaults(Optional<String> bucket, Optional<URI> publicBaseUrl) {
        public static final Defaults NONE = new Defaults(Optional.empty(), Optional.empty());
    }

    /**
     * The job's id, if one can be read: also from a payload that is no valid job otherwise.
     *
     * @return empty if {@code json} is no object or holds no valid id
     */
    public static Optional<JobId> readId(String json) {
        try {
            return new JsonFields(object(json)).string("id").map(JobId::new);
        } catch (IllegalArgumentException | TranscodeException e) {
            return Optional.empty();
        }
    }

    /**
     * The job's own webhook address, if one can be read: also from a payload that is no valid job otherwise.
     *
     * @return empty if {@code json} is no object, or names no valid address
     */
    public static Optional<URI> readWebhookUrl(String json) {
        try {
            return url(new JsonFields(object(json)), "webhook_url", WebhookUrl::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws TranscodeException ({@link FailureCode#INVALID_JOB}) with a sentence that names the field */
    public static Job parse(String json, Defaults defaults) {
        try {
            return parse(new JsonFields(object(json)), defaults);
        } catch (IllegalArgumentException e) {
            throw new TranscodeException(FailureCode.INVALID_JOB, "cannot read the job: " + e.getMessage(), e);
        }
    }

    private static Job parse(JsonFields json, Defaults defaults) {
        JobId id = new JobId(json.string("id").orElseThrow(() -> JsonFields.missing("id")));
        Job.Builder job = Job.builder()
                .id(id)
                .source(
                        bucket(json, "input_bucket", defaults),
                        json.string("input_key").orElseThrow(() -> JsonFields.missing("input_key")))
                .output(
                        bucket(json, "output_bucket", defaults),
                        json.string("output_prefix").orElse("transcoded/" + id))
                .ladder(ladder(json))
                .settings(settings(json));
        url(json, "public_base_url", WebhookUrl::parseBase)
                .or(defaults::publicBaseUrl)
                .ifPresent(job::publicBaseUrl);
        url(json, "webhook_url", WebhookUrl::parse).ifPresent(job::webhookUrl);
        return job.build();
    }

    /** The JSON that {@link #parse} reads back as {@code job}; an enum or number at its default is left out. */
    public static String write(Job job) {
        JsonObject json = new JsonObject();
        json.addProperty("id", job.id().value());
        json.addProperty("input_bucket", job.source().bucket());
        json.addProperty("input_key", job.source().key());
        json.addProperty("output_bucket", job.output().bucket());
        json.addProperty("output_prefix", job.output().path());
        JsonArray ladder = new JsonArray();
        for (Rung rung : job.ladder().rungs()) {
            ladder.add(write(rung));
        }
        json.add("ladder", ladder);
        writeSettings(json, job.settings());
        job.publicBaseUrl().ifPresent(url -> json.addProperty("public_base_url", url.toString()));
        job.webhookUrl().ifPresent(url -> json.addProperty("webhook_url", url.toString()));
        return json.toString();
    }

    private static JsonObject write(Rung rung) {
        JsonObject json = new JsonObject();
        json.addProperty("name", rung.name());
        json.addProperty("height", rung.height());
        json.addProperty("bitrate", rung.bitrate().bitsPerSecond());
        json.addProperty("audio_bitrate", rung.audioBitrate().bitsPerSecond());
        rung.codec().ifPresent(codec -> json.addProperty("codec", codec.wire()));
        rung.preset().ifPresent(preset -> json.addProperty("preset", preset.wire()));
        rung.crf().ifPresent(crf -> json.addProperty("crf", crf));
        rung.maxFps().ifPresent(fps -> json.addProperty("max_fps", fps));
        return json;
    }

    private static void writeSettings(JsonObject json, EncodeSettings settings) {
        EncodeSettings usual = EncodeSettings.DEFAULT;
        if (settings.codec() != usual.codec()) {
            json.addProperty("codec", settings.codec().wire());
        }
        if (settings.preset() != usual.preset()) {
            json.addProperty("preset", settings.preset().wire());
        }
        if (settings.rateControl() != usual.rateControl()) {
            json.addProperty("rate_control", settings.rateControl().wire());
        }
        if (settings.crf() != usual.crf()) {
            json.addProperty("crf", settings.crf());
        }
        if (settings.maxFps() != usual.maxFps()) {
            json.addProperty("max_fps", settings.maxFps());
        }
        if (settings.segmentSeconds() != usual.segmentSeconds()) {
            json.addProperty("segment_seconds", settings.segmentSeconds());
        }
    }

    private static JsonObject object(String json) {
        if (json.length() > MAX_SEARCHED_BYTES) {
            throw new IllegalArgumentException("it is longer than " + MAX_SEARCHED_BYTES + " characters");
        }
        try {
            @Nullable JsonElement element = STRICT.fromJson(json, JsonElement.class);
            if (element == null || !element.isJsonObject()) {
                throw new IllegalArgumentException("it is not a JSON object");
            }
            return element.getAsJsonObject();
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it is nested too deeply", e);
        }
    }

    private static String bucket(JsonFields json, String field, Defaults defaults) {
        return json.string(field)
                .or(defaults::bucket)
                .orElseThrow(() ->
                        new IllegalArgumentException(field + " is missing, and there is no default (LYVE_BUCKET)"));
    }

    private static Ladder ladder(JsonFields json) {
        @Nullable JsonElement ladder = json.element("ladder");
        if (ladder != null) {
            if (!ladder.isJsonArray()) {
                throw new IllegalArgumentException("ladder is not an array of rungs");
            }
            return LadderJson.parse(ladder.getAsJsonArray());
        }
        String name = json.string("profile").orElse(Profile.ROKU_HLS.name());
        return Profile.named(name)
                .orElseThrow(() -> new IllegalArgumentException("profile is unknown: '" + name + "'"))
                .ladder();
    }

    private static EncodeSettings settings(JsonFields json) {
        EncodeSettings usual = EncodeSettings.DEFAULT;
        return new EncodeSettings(
                json.word(VideoCodec.class, "codec").orElse(usual.codec()),
                json.word(Preset.class, "preset").orElse(usual.preset()),
                json.word(RateControl.class, "rate_control").orElse(usual.rateControl()),
                json.integer("crf").orElse(usual.crf()),
                json.integer("max_fps").orElse(usual.maxFps()),
                json.integer("segment_seconds").orElse(usual.segmentSeconds()));
    }

    private static Optional<URI> url(JsonFields json, String field, Function<String, URI> parser) {
        return json.string(field).filter(text -> !text.isEmpty()).map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + " " + e.getMessage(), e);
            }
        });
    }
}
