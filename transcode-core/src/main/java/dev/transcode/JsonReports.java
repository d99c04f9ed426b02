package dev.transcode;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.transcode.encode.EncodeStats;
import dev.transcode.encode.Quality;
import dev.transcode.hls.RenditionFacts;
import dev.transcode.job.Stage;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Profile;
import dev.transcode.ladder.Rendition;
import dev.transcode.ladder.Rung;
import dev.transcode.media.AudioStream;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.VideoStream;
import dev.transcode.verify.CheckResult;
import dev.transcode.verify.Verdict;
import dev.transcode.verify.Violation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Values as JSON for programs: what {@code --json} prints and {@code report.json} holds. Names in snake_case; times in
 * seconds, sizes in bytes, rates in bit/s. Fields are only ever added.
 */
public final class JsonReports {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReports() {}

    /** What a probe found. */
    public static String of(MediaInfo media) {
        return GSON.toJson(media(media));
    }

    /**
     * What was decided.
     *
     * @param command the encoder's argument list
     */
    public static String of(EncodePlan plan, List<String> command) {
        JsonObject json = plan(plan);
        json.add("command", strings(command));
        return GSON.toJson(json);
    }

    /** A completed job. */
    public static String of(JobResult result) {
        return of(result, List.of());
    }

    /** A completed job and what was measured of its quality, if that was asked for. */
    public static String of(JobResult result, List<Quality> qualities) {
        JsonObject json = result(result);
        if (!qualities.isEmpty()) {
            JsonArray array = new JsonArray();
            for (Quality quality : qualities) {
                JsonObject item = new JsonObject();
                item.addProperty("name", quality.rendition());
                item.addProperty("ssim", quality.ssim());
                item.addProperty("psnr", Double.isInfinite(quality.psnr()) ? null : quality.psnr());
                quality.xpsnr().ifPresent(xpsnr -> item.addProperty("xpsnr", xpsnr));
                array.add(item);
            }
            json.add("quality", array);
        }
        return GSON.toJson(json);
    }

    /** Named ladders. */
    public static String of(List<Profile> profiles) {
        JsonArray array = new JsonArray();
        for (Profile profile : profiles) {
            JsonObject json = new JsonObject();
            json.addProperty("name", profile.name());
            json.addProperty("description", profile.description());
            JsonArray ladder = new JsonArray();
            for (Rung rung : profile.ladder().rungs()) {
                JsonObject item = new JsonObject();
                item.addProperty("name", rung.name());
                item.addProperty("height", rung.height());
                item.addProperty("bitrate", rung.bitrate().toString());
                item.addProperty("audio_bitrate", rung.audioBitrate().toString());
                ladder.add(item);
            }
            json.add("ladder", ladder);
            array.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("profiles", array);
        return GSON.toJson(json);
    }

    /**
     * What the checks of a package said.
     *
     * @param target the package, as it was asked for
     */
    public static String of(String target, Verdict verdict) {
        JsonObject json = new JsonObject();
        json.addProperty("status", verdict.isOk() ? "ok" : "failed");
        json.addProperty("target", target);
        for (CheckResult.Outcome outcome : CheckResult.Outcome.values()) {
            json.addProperty(outcome.wire() + "_count", verdict.count(outcome));
        }
        JsonArray checks = new JsonArray();
        for (CheckResult check : verdict.checks()) {
            JsonObject item = new JsonObject();
            item.addProperty("check", check.check());
            item.addProperty("outcome", check.outcome().wire());
            item.addProperty("detail", check.detail());
            JsonArray violations = new JsonArray();
            for (Violation violation : check.violations()) {
                JsonObject one = new JsonObject();
                one.addProperty("where", violation.where());
                one.addProperty("expected", violation.expected());
                one.addProperty("found", violation.found());
                violations.add(one);
            }
            item.add("violations", violations);
            checks.add(item);
        }
        json.add("checks", checks);
        return GSON.toJson(json);
    }

    /** Everything about a completed job, for {@code report.json}. */
    static String of(MediaInfo media, EncodePlan plan, JobResult result) {
        JsonObject json = result(result);
        json.add("source", media(media));
        json.add("plan", plan(plan));
        json.add("command", strings(result.stats().command()));
        json.add("log", strings(result.stats().log()));
        JsonArray renditions = json.getAsJsonArray("renditions");
        for (int i = 0; i < renditions.size(); i++) {
            JsonArray segments = new JsonArray();
            for (RenditionFacts.SegmentSize size : result.renditions().get(i).segments()) {
                JsonObject segment = new JsonObject();
                segment.addProperty("file", size.file());
                segment.addProperty("duration", seconds(size.duration()));
                segment.addProperty("bytes", size.bytes());
                segments.add(segment);
            }
            renditions.get(i).getAsJsonObject().add("segments", segments);
        }
        return GSON.toJson(json);
    }

    private static JsonObject result(JobResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("id", result.id().value());
        json.addProperty("status", "complete");
        json.addProperty("duration", seconds(result.duration()));
        JsonArray outputs = new JsonArray();
        for (JobResult.Output output : result.outputs()) {
            JsonObject item = new JsonObject();
            item.addProperty("profile", output.profile());
            item.addProperty("key", output.key());
            item.addProperty("bytes", output.bytes());
            outputs.add(item);
        }
        json.add("outputs", outputs);
        JsonArray renditions = new JsonArray();
        for (RenditionFacts facts : result.renditions()) {
            renditions.add(rendition(facts));
        }
        json.add("renditions", renditions);
        json.add("findings", findings(result.findings()));
        json.add("timings", timings(result));
        json.add("encoder", stats(result.stats(), result.duration()));
        return json;
    }

    private static JsonObject rendition(RenditionFacts facts) {
        JsonObject json = new JsonObject();
        json.addProperty("name", facts.name());
        json.addProperty("type", facts.isVideo() ? "video" : "audio");
        json.addProperty("codec", facts.codec());
        facts.resolution().ifPresent(size -> {
            json.addProperty("width", size.width());
            json.addProperty("height", size.height());
        });
        facts.frameRate().ifPresent(rate -> json.addProperty("frame_rate", rate));
        json.addProperty("average_bitrate", facts.averageBitrate());
        json.addProperty("peak_bitrate", facts.peakBitrate());
        json.addProperty("bytes", facts.bytes());
        json.addProperty("samples", facts.samples());
        json.addProperty("duration", seconds(facts.duration()));
        json.addProperty("segment_count", facts.segments().size());
        return json;
    }

    private static JsonObject timings(JobResult result) {
        JsonObject json = new JsonObject();
        for (Stage stage : Stage.values()) {
            Duration taken = result.timings().get(stage);
            if (taken != null) {
                json.addProperty(stage.wire(), seconds(taken));
            }
        }
        return json;
    }

    private static JsonObject stats(EncodeStats stats, Duration duration) {
        JsonObject json = new JsonObject();
        double wall = stats.wall().toNanos() / 1e9;
        json.addProperty("version", stats.encoderVersion());
        json.addProperty("speed", wall == 0 ? 0 : round(duration.toNanos() / 1e9 / wall));
        json.addProperty("wall_seconds", seconds(stats.wall()));
        json.addProperty("cpu_seconds", seconds(stats.cpu()));
        json.addProperty("peak_memory_bytes", stats.peakMemoryBytes());
        json.addProperty("decoded_frames", stats.decodedFrames());
        json.addProperty("decode_errors", stats.decodeErrors());
        return json;
    }

    private static JsonObject media(MediaInfo media) {
        JsonObject json = new JsonObject();
        json.addProperty("container", media.container());
        json.addProperty("bytes", media.bytes());
        json.addProperty("start", seconds(media.start()));
        json.addProperty("duration", seconds(media.duration()));
        media.headerDuration().ifPresent(claimed -> json.addProperty("header_duration", seconds(claimed)));
        media.video().ifPresent(video -> json.add("video", video(video)));
        JsonArray audio = new JsonArray();
        media.audio().forEach(stream -> audio.add(audio(stream)));
        json.add("audio", audio);
        json.add("findings", findings(media.findings()));
        return json;
    }

    private static JsonObject video(VideoStream video) {
        JsonObject json = new JsonObject();
        json.addProperty("index", video.index());
        json.addProperty("codec", video.codec());
        json.addProperty("profile", video.profile());
        json.addProperty("width", video.coded().width());
        json.addProperty("height", video.coded().height());
        json.addProperty("display_width", video.displaySize().width());
        json.addProperty("display_height", video.displaySize().height());
        json.addProperty("sample_aspect_ratio", video.sampleAspectWidth() + ":" + video.sampleAspectHeight());
        json.addProperty("rotation", video.rotation());
        json.addProperty("frame_rate", video.frameRate().toString());
        json.addProperty("variable_frame_rate", video.variableFrameRate());
        json.addProperty("pixel_format", video.pixelFormat());
        json.addProperty("bit_depth", video.bitDepth());
        json.addProperty("color_range", video.color().range());
        json.addProperty("color_space", video.color().space());
        json.addProperty("color_primaries", video.color().primaries());
        json.addProperty("color_transfer", video.color().transfer());
        json.addProperty("field_order", video.fieldOrder().name().toLowerCase(Locale.ROOT));
        json.addProperty("start", seconds(video.scan().start()));
        json.addProperty("end", seconds(video.scan().end()));
        json.addProperty("frames", video.scan().packets());
        json.addProperty("keyframes", video.scan().keyframes());
        return json;
    }

    private static JsonObject audio(AudioStream audio) {
        JsonObject json = new JsonObject();
        json.addProperty("index", audio.index());
        json.addProperty("codec", audio.codec());
        json.addProperty("channels", audio.channels());
        json.addProperty("channel_layout", audio.channelLayout());
        json.addProperty("sample_rate", audio.sampleRate());
        json.addProperty("language", audio.language());
        json.addProperty("start", seconds(audio.scan().start()));
        json.addProperty("end", seconds(audio.scan().end()));
        return json;
    }

    private static JsonObject plan(EncodePlan plan) {
        JsonObject json = new JsonObject();
        json.addProperty("duration", seconds(plan.duration()));
        json.addProperty("segment_duration", seconds(plan.segmentDuration()));
        plan.video().ifPresent(video -> {
            json.addProperty("frame_rate", video.frameRate().toString());
            json.addProperty("frames", video.frames());
        });
        JsonArray renditions = new JsonArray();
        for (Rendition rendition : plan.renditions()) {
            renditions.add(rendition(rendition));
        }
        json.add("renditions", renditions);
        JsonArray audio = new JsonArray();
        for (AudioRendition rendition : plan.audio()) {
            JsonObject item = new JsonObject();
            item.addProperty("name", rendition.name());
            item.addProperty("bitrate", rendition.bitrate().bitsPerSecond());
            item.addProperty("source_channels", rendition.sourceChannels());
            item.addProperty("language", rendition.language());
            audio.add(item);
        }
        json.add("audio", audio);
        json.add("findings", findings(plan.findings()));
        return json;
    }

    private static JsonObject rendition(Rendition rendition) {
        JsonObject json = new JsonObject();
        json.addProperty("name", rendition.name());
        json.addProperty("width", rendition.size().width());
        json.addProperty("height", rendition.size().height());
        json.addProperty("frame_rate", rendition.frameRate().toString());
        json.addProperty("gop_frames", rendition.gopFrames());
        json.addProperty("codec", rendition.codec().wire());
        json.addProperty("preset", rendition.preset().wire());
        json.addProperty("rate_control", rendition.rateControl().wire());
        json.addProperty("crf", rendition.crf());
        json.addProperty("bitrate", rendition.bitrate().bitsPerSecond());
        json.addProperty("max_rate", rendition.maxRate().bitsPerSecond());
        rendition.audio().ifPresent(name -> json.addProperty("audio", name));
        return json;
    }

    private static JsonArray findings(List<Finding> findings) {
        JsonArray array = new JsonArray();
        for (Finding finding : findings) {
            JsonObject json = new JsonObject();
            json.addProperty("code", finding.code().wire());
            json.addProperty("observed", finding.observed());
            json.addProperty("fix", finding.fix());
            array.add(json);
        }
        return array;
    }

    private static JsonElement strings(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static double seconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e6;
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1e3;
    }
}
