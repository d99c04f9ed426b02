package dev.transcode;

import dev.transcode.encode.EncodeStats;
import dev.transcode.hls.RenditionFacts;
import dev.transcode.job.JobId;
import dev.transcode.job.Stage;
import dev.transcode.media.Finding;
import dev.transcode.storage.RunDirectory;
import dev.transcode.storage.UploadStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A completed job.
 *
 * @param outputs what was published, in the ladder's order, the multivariant playlist last
 * @param renditions what was measured in each rendition, pictures first
 * @param findings what was odd about the source and what was done about it
 * @param duration of the output
 * @param timings wall time of each stage
 * @param stats of the encode
 * @param sourceBytes size of the source
 * @param uploads what was put into the storage, and how fast
 * @param run where the published segments and the report are: another attempt's, if that had committed before
 */
public record JobResult(
        JobId id,
        List<Output> outputs,
        List<RenditionFacts> renditions,
        List<Finding> findings,
        Duration duration,
        Map<Stage, Duration> timings,
        EncodeStats stats,
        long sourceBytes,
        UploadStats uploads,
        RunDirectory run) {
    public JobResult {
        outputs = List.copyOf(outputs);
        renditions = List.copyOf(renditions);
        findings = List.copyOf(findings);
        timings = Map.copyOf(timings);
    }

    JobResult published(Map<Stage, Duration> measured, UploadStats uploaded, RunDirectory published) {
        return new JobResult(
                id, outputs, renditions, findings, duration, measured, stats, sourceBytes, uploaded, published);
    }

    /**
     * One published file a user asked for.
     *
     * @param profile the rung's name, {@code audio}, or {@code hls}
     * @param key the object's whole key
     * @param bytes its size
     */
    public record Output(String profile, String key, long bytes) {}
}
