package dev.transcode.cli;

import dev.transcode.JobListener;
import dev.transcode.JobProgress;
import dev.transcode.job.Stage;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.MediaInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A live line on a terminal; elsewhere a line for each stage and each tenth of the encode. */
final class ProgressPrinter implements JobListener {
    private static final int BAR = 24;
    private static final int STEP = 10;

    private final Console console;
    private @Nullable Stage stage;
    private int printed;
    private @Nullable EncodePlan plan;

    ProgressPrinter(Console console) {
        this.console = console;
    }

    @Override
    public void onProgress(JobProgress progress) {
        if (console.isLive()) {
            console.err().print("\r\u001b[K" + bar(progress) + " " + text(progress));
            console.err().flush();
        } else if (progress.stage() != stage || progress.percent() >= printed + STEP) {
            printed = (int) progress.percent() / STEP * STEP;
            console.err().println(text(progress));
        }
        stage = progress.stage();
    }

    @Override
    public void onPlan(MediaInfo media, EncodePlan decided) {
        plan = decided;
    }

    /** The plan of the job, once it is complete. */
    EncodePlan plan() {
        return Objects.requireNonNull(plan, "the job has a plan");
    }

    /** Takes the live line away. */
    void end() {
        if (console.isLive()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }

    static String text(JobProgress progress) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%5.1f %%  %-8s",
                progress.percent(),
                progress.stage().wire()));
        if (progress.speed() > 0) {
            text.append(String.format(Locale.ROOT, " %.2fx", progress.speed()));
        }
        if (progress.framesPerSecond() > 0) {
            text.append(String.format(Locale.ROOT, "  %.0f fps", progress.framesPerSecond()));
        }
        progress.eta()
                .filter(eta -> !eta.equals(Duration.ZERO))
                .ifPresent(eta -> text.append("  ETA ").append(Format.clock(eta)));
        return text.toString().stripTrailing();
    }

    static String bar(JobProgress progress) {
        int full = (int) Math.round(progress.percent() / 100 * BAR);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "]";
    }
}
