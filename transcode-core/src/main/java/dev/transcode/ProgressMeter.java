package dev.transcode;

import dev.transcode.encode.EncodeProgress;
import dev.transcode.job.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the stages report into one percentage that never falls, and measures how long each stage takes. Thread-safe:
 * the encoder reports from a thread of its own.
 */
final class ProgressMeter {
    /** Percent of the whole job at which each stage starts; encoding takes nearly all of the time. */
    private static final Map<Stage, Double> STARTS = Map.of(
            Stage.FETCH, 0.0,
            Stage.PROBE, 4.0,
            Stage.PLAN, 4.9,
            Stage.ENCODE, 5.0,
            Stage.PACKAGE, 95.0,
            Stage.VERIFY, 96.5,
            Stage.PUBLISH, 98.0);

    private final JobListener listener;
    private final LongSupplier nanoTime;
    private final Map<Stage, Duration> timings = new EnumMap<>(Stage.class);
    private @Nullable Stage stage;
    private long stageStart;
    private double percent;

    ProgressMeter(JobListener listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    synchronized void enter(Stage next) {
        closeStage();
        stage = next;
        stageStart = nanoTime.getAsLong();
        report(start(next), 0, 0, Optional.empty());
    }

    /** The job is complete. */
    synchronized void end() {
        report(100, 0, 0, Optional.of(Duration.ZERO));
        closeStage();
    }

    /** Hears of the download, as a {@link dev.transcode.storage.TransferListener}. */
    synchronized void fetched(long done, long total) {
        if (total > 0) {
            report(between(Stage.FETCH, Stage.PROBE, (double) done / total), 0, 0, Optional.empty());
        }
    }

    synchronized void encoded(EncodeProgress progress, Duration total) {
        double share = Math.min(1, (double) progress.position().toNanos() / total.toNanos());
        Duration left = total.minus(progress.position());
        Optional<Duration> eta = progress.speed() > 0 && !left.isNegative()
                ? Optional.of(Duration.ofNanos((long) (left.toNanos() / progress.speed())))
                : Optional.empty();
        report(between(Stage.ENCODE, Stage.PACKAGE, share), progress.speed(), progress.framesPerSecond(), eta);
    }

    /** Wall time of each stage so far. */
    synchronized Map<Stage, Duration> timings() {
        return Map.copyOf(timings);
    }

    private void closeStage() {
        if (stage != null) {
            timings.put(stage, Duration.ofNanos(nanoTime.getAsLong() - stageStart));
            stage = null;
        }
    }

    private void report(double now, double speed, double framesPerSecond, Optional<Duration> eta) {
        percent = Math.max(percent, now);
        if (stage != null) {
            listener.onProgress(new JobProgress(stage, percent, speed, framesPerSecond, eta));
        }
    }

    private static double between(Stage from, Stage to, double share) {
        return start(from) + (start(to) - start(from)) * share;
    }

    private static double start(Stage stage) {
        return STARTS.getOrDefault(stage, 0.0);
    }
}
