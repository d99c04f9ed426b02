package dev.transcode.worker;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.transcode.internal.ReportJson;
import dev.transcode.internal.WorkFolder;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobOutput;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.Outcome;
import dev.transcode.storage.CommitIdentity;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.Publisher;
import dev.transcode.storage.RunDirectory;
import dev.transcode.storage.Storage;
import dev.transcode.storage.TransferListener;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what an attempt published before its worker died between the commit and the end. Then nothing is left to be done
 * but to say so: what was made stands in that run's report.
 */
record Recovery(Storage storage, Path workDirectory) {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** The outcome, if an attempt of this job and generation has committed. */
    Optional<Outcome> find(HeldJob held) {
        CommitIdentity mine = new CommitIdentity(
                held.job().id(), held.lease().generation(), held.lease().fence());
        Optional<CommitIdentity> winner =
                Publisher.committed(storage, held.job().output(), mine);
        if (winner.isEmpty()) {
            return Optional.empty();
        }
        ObjectRef report = held.job().output().resolve(winner.get().run().reportKey());
        Optional<Outcome> outcome = read(report, held);
        if (outcome.isPresent()) {
            log.info(
                    "Already published by an earlier attempt, fence {}",
                    winner.get().fence());
            Publisher.cleanUp(storage, held.job().output(), mine);
        }
        return outcome;
    }

    /** Empty if the report is gone, too large or cannot be understood: then the job is done again. */
    private Optional<Outcome> read(ObjectRef report, HeldJob held) {
        long bytes = storage.stat(report).map(ObjectInfo::bytes).orElse(0L);
        if (bytes > RunDirectory.MAX_REPORT_BYTES) {
            log.warn("Published before, but {} has {} bytes and is none of ours: doing it again", report, bytes);
            return Optional.empty();
        }
        try (WorkFolder work = WorkFolder.create(workDirectory)) {
            Path file = storage.fetch(report, work.newDirectory("report"), TransferListener.NONE, held.cancellation());
            return read(file, report);
        } catch (TranscodeException e) {
            if (e.failure().code() != FailureCode.INPUT_NOT_FOUND) {
                throw e;
            }
            log.warn("Published before, but its report is gone: doing it again: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Outcome> read(Path file, ObjectRef report) {
        try (Reader text = Files.newBufferedReader(file)) {
            JsonObject json = ReportJson.read(text);
            return Optional.of(new Outcome.Complete(outputs(json), facts(json, report)));
        } catch (IOException | RuntimeException e) {
            // A field that is missing, of another type or out of range: somebody wrote over it.
            log.warn("Published before, but {} cannot be read: doing it again: {}", report, e.toString());
            return Optional.empty();
        }
    }

    private static List<JobOutput> outputs(JsonObject report) {
        List<JobOutput> outputs = new ArrayList<>();
        JsonArray array = report.getAsJsonArray("outputs");
        for (JsonElement element : array) {
            JsonObject output = element.getAsJsonObject();
            outputs.add(new JobOutput(
                    output.get("profile").getAsString(), output.get("key").getAsString()));
        }
        return outputs;
    }

    private static Map<String, String> facts(JsonObject report, ObjectRef key) {
        JsonObject encoder = report.getAsJsonObject("encoder");
        Map<String, String> facts = new HashMap<>();
        facts.put(JobFields.REPORT, key.key());
        facts.put(JobFields.DURATION, report.get("duration").getAsString());
        facts.put(
                JobFields.INPUT_BYTES,
                report.getAsJsonObject("source").get("bytes").getAsString());
        facts.put(JobFields.ENCODE_SPEED, encoder.get("speed").getAsString());
        facts.put(JobFields.CPU_SECONDS, encoder.get("cpu_seconds").getAsString());
        facts.put(JobFields.PEAK_MEMORY_BYTES, encoder.get("peak_memory_bytes").getAsString());
        facts.put(JobFields.FINDINGS, findings(report));
        return facts;
    }

    private static String findings(JsonObject report) {
        List<JobFacts.Note> notes = new ArrayList<>();
        for (JsonElement element : report.getAsJsonArray("findings")) {
            JsonObject finding = element.getAsJsonObject();
            notes.add(new JobFacts.Note(
                    finding.get("code").getAsString(),
                    finding.get("observed").getAsString() + "; "
                            + finding.get("fix").getAsString()));
        }
        return JobFacts.json(notes);
    }
}
