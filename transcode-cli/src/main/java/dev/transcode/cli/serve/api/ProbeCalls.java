package dev.transcode.cli.serve.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.transcode.JsonReports;
import dev.transcode.ffmpeg.FfmpegEncoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.FfprobeProber;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.Job;
import dev.transcode.job.JobJson;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import dev.transcode.storage.ObjectRef;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What is in an object of the storage, and what would be made of it. Nothing is encoded. */
final class ProbeCalls {
    private final SourceReader sources;
    private final JobJson.Defaults defaults;
    private final Supplier<FfmpegInstallation> ffmpeg;

    /** @param ffmpeg asked at each call */
    ProbeCalls(SourceReader sources, JobJson.Defaults defaults, Supplier<FfmpegInstallation> ffmpeg) {
        this.sources = sources;
        this.defaults = defaults;
        this.ffmpeg = ffmpeg;
    }

    /** {@code POST /api/transcode/probe} with {@code {"inputKey": ...}}. */
    Reply probe(ApiRequest request) {
        Job job = job(request);
        return Reply.json(200, answer(job.source(), media(job.source(), ffmpeg.get())));
    }

    /** {@code POST /api/transcode/plan} with a job as it would be submitted. */
    Reply plan(ApiRequest request) {
        Job job = job(request);
        FfmpegInstallation installation = ffmpeg.get();
        MediaInfo media = media(job.source(), installation);
        EncodePlan plan = EncodePlanner.plan(media, job.ladder(), job.settings());
        JsonObject json = answer(job.source(), media);
        json.add("plan", Json.object(JsonReports.of(plan, command(installation, plan))));
        plan.findings().forEach(finding -> json.getAsJsonArray("findings").add(finding(finding)));
        return Reply.json(200, json);
    }

    private MediaInfo media(ObjectRef source, FfmpegInstallation installation) {
        return sources.read(source, (file, cancellation) -> probe(file, source, installation, cancellation));
    }

    private static MediaInfo probe(
            Path file, ObjectRef source, FfmpegInstallation installation, Cancellation cancellation) {
        try {
            return new FfprobeProber(installation).probe(file, cancellation);
        } catch (TranscodeException e) {
            // Where the file was on this machine is nobody's business.
            Failure failure = e.failure();
            String message = failure.message()
                    .replace(file.toString(), source.toString())
                    .replace(String.valueOf(file.getFileName()), source.key());
            throw new TranscodeException(new Failure(failure.code(), message, failure.hint()), e);
        }
    }

    private Job job(ApiRequest request) {
        JsonObject json = Json.object(request.body());
        // Only to be a whole job: nothing is written.
        json.addProperty("id", "probe");
        json.remove("output_prefix");
        json.remove("outputPrefix");
        return JobJson.parse(Json.line(json), defaults);
    }

    private static JsonObject answer(ObjectRef source, MediaInfo media) {
        JsonArray findings = new JsonArray();
        media.findings().forEach(finding -> findings.add(finding(finding)));
        JsonObject json = new JsonObject();
        json.addProperty("success", true);
        json.addProperty("inputBucket", source.bucket());
        json.addProperty("inputKey", source.key());
        json.add("media", Json.object(JsonReports.of(media)));
        json.add("findings", findings);
        return json;
    }

    private static JsonElement finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("code", finding.code().wire());
        json.addProperty("observed", finding.observed());
        json.addProperty("fix", finding.fix());
        return json;
    }

    private static List<String> command(FfmpegInstallation installation, EncodePlan plan) {
        List<String> command = new java.util.ArrayList<>(
                new FfmpegEncoder(installation).command(plan, Path.of("SOURCE"), Path.of("WORK")));
        if (!command.isEmpty()) {
            command.set(0, "ffmpeg");
        }
        return command;
    }
}
