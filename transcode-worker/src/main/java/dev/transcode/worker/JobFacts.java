package dev.transcode.worker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.transcode.JobProgress;
import dev.transcode.JobResult;
import dev.transcode.JsonReports;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobOutput;
import dev.transcode.job.Stage;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a worker knows of a job, as the fields of its status. Pure. */
final class JobFacts {
    /** Some 1,000 are usual for a source and as many for a plan. */
    private static final int MAX_CHARACTERS = 8_000;

    private JobFacts() {}

    /** One finding as the status has it. */
    record Note(String code, String message) {}

    /** How far it is. */
    static Map<String, String> of(JobProgress progress) {
        boolean encodes = progress.stage() == Stage.ENCODE;
        return Map.of(
                JobFields.STAGE,
                progress.stage().wire(),
                JobFields.PROGRESS,
                String.format(Locale.ROOT, "%.1f", progress.percent()),
                JobFields.SPEED,
                encodes ? decimal(progress.speed()) : "",
                JobFields.ETA,
                progress.eta().map(eta -> String.valueOf(eta.toSeconds())).orElse(""));
    }

    /** What was found and decided. */
    static Map<String, String> of(MediaInfo media, EncodePlan plan) {
        Map<String, String> facts = new HashMap<>();
        facts.put(JobFields.INPUT_BYTES, String.valueOf(media.bytes()));
        facts.put(JobFields.DURATION, decimal(seconds(plan.duration())));
        facts.put(JobFields.MEDIA, small(JsonReports.of(media)));
        facts.put(JobFields.PLAN, small(JsonReports.of(plan, List.of())));
        return facts;
    }

    /** What came of it. */
    static Map<String, String> of(JobResult result, String reportKey) {
        Map<String, String> facts = new HashMap<>();
        // Both stand in the report.
        facts.put(JobFields.MEDIA, "");
        facts.put(JobFields.PLAN, "");
        facts.put(JobFields.REPORT, reportKey);
        facts.put(JobFields.FINDINGS, json(notes(result.findings())));
        facts.put(JobFields.DURATION, decimal(seconds(result.duration())));
        facts.put(JobFields.INPUT_BYTES, String.valueOf(result.sourceBytes()));
        facts.put(JobFields.OUTPUT_BYTES, String.valueOf(result.uploads().bytes()));
        Duration fetch = result.timings().getOrDefault(Stage.FETCH, Duration.ZERO);
        facts.put(JobFields.DOWNLOAD_SPEED, rate(result.sourceBytes() / 1e6, fetch));
        facts.put(JobFields.UPLOAD_SPEED, decimal(result.uploads().megabytesPerSecond()));
        facts.put(
                JobFields.ENCODE_SPEED,
                rate(seconds(result.duration()), result.stats().wall()));
        facts.put(JobFields.CPU_SECONDS, decimal(seconds(result.stats().cpu())));
        facts.put(JobFields.PEAK_MEMORY_BYTES, String.valueOf(result.stats().peakMemoryBytes()));
        return facts;
    }

    /** What was published, as the contract lists it. */
    static List<JobOutput> outputs(JobResult result) {
        List<JobOutput> outputs = new ArrayList<>();
        for (JobResult.Output output : result.outputs()) {
            outputs.add(new JobOutput(output.profile(), output.key()));
        }
        return outputs;
    }

    /** {@code [{"code", "message"}]}. */
    static String json(List<Note> notes) {
        JsonArray array = new JsonArray();
        for (Note note : notes) {
            JsonObject object = new JsonObject();
            object.addProperty("code", note.code());
            object.addProperty("message", note.message());
            array.add(object);
        }
        return array.toString();
    }

    /** On one line; nothing if a status has no room for it. */
    private static String small(String json) {
        JsonObject object = JsonParser.parseString(json).getAsJsonObject();
        object.remove("command");
        String line = object.toString();
        return line.length() <= MAX_CHARACTERS ? line : "";
    }

    private static List<Note> notes(List<Finding> findings) {
        List<Note> notes = new ArrayList<>();
        for (Finding finding : findings) {
            notes.add(new Note(finding.code().wire(), finding.observed() + "; " + finding.fix()));
        }
        return notes;
    }

    private static String rate(double amount, Duration time) {
        return time.isZero() ? "0.00" : decimal(amount / seconds(time));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
