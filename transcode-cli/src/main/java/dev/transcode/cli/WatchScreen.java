package dev.transcode.cli;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.Stage;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.QueueUnavailableException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A table of the running jobs, the queues and what ended last, drawn in place. */
final class WatchScreen implements RunningJobs.View {
    private static final int SHOWN_ENDED = 5;
    private static final int BAR = 20;
    private static final int WIDE = 110;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Console console;
    private final Supplier<List<QueueDepth>> depths;
    private final Deque<String> ended = new ArrayDeque<>();
    private List<QueueDepth> known = List.of();
    private int drawn;
    private long drawnAt;

    WatchScreen(Console console, Supplier<List<QueueDepth>> depths) {
        this.console = console;
        this.depths = depths;
    }

    @Override
    public void changed(JobStatus status) {
        if (status.state() != JobState.PROCESSING) {
            String text = Format.time(Instant.now()).substring(11) + "  " + status.id() + "  ";
            ended.addFirst(text + StatusText.line(status));
            if (ended.size() > SHOWN_ENDED) {
                ended.removeLast();
            }
        }
    }

    @Override
    public void tick(List<JobStatus> running) {
        long now = System.nanoTime();
        if (drawn > 0 && now - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnAt = now;
        try {
            known = depths.get();
        } catch (QueueUnavailableException e) {
            // Said on standard error by who waits for it; the last figures stay.
        }
        TerminalSize size = TerminalSize.now();
        draw(lines(running, size), size);
    }

    List<String> lines(List<JobStatus> running, TerminalSize size) {
        int columns = size.columns() - 1;
        List<String> lines = new ArrayList<>();
        if (!known.isEmpty()) {
            lines.addAll(QueueCommand.table(known).lines(console, columns));
            lines.add("");
        }
        Table table = new Table(3, "job", "stage", "", "done", "speed", "ETA", "attempt", "source").endingInText();
        for (JobStatus job : running) {
            table.add(
                    job.id().value(),
                    job.field(JobFields.CANCEL).isPresent()
                            ? "cancelling"
                            : job.stage().map(Stage::wire).orElse(""),
                    bar(job.percent(), columns),
                    String.format(Locale.ROOT, "%.1f %%", job.percent()),
                    speed(job),
                    StatusText.seconds(job, JobFields.ETA).map(Format::clock).orElse(""),
                    Integer.toString(job.attempt()),
                    job.field(JobFields.SOURCE).orElse(""));
        }
        if (running.isEmpty()) {
            lines.add("no job is running");
        } else {
            lines.addAll(table.lines(console, columns));
        }
        if (!ended.isEmpty()) {
            lines.add("");
            ended.forEach(line -> lines.add(Format.cut(line, columns)));
        }
        return lines;
    }

    private static String bar(double percent, int columns) {
        int width = columns < WIDE ? BAR / 2 : BAR;
        int full = (int) Math.round(Math.min(100, Math.max(0, percent)) / 100 * width);
        return "[" + "=".repeat(full) + " ".repeat(width - full) + "]";
    }

    private static String speed(JobStatus job) {
        OptionalDouble speed = StatusText.number(job, JobFields.SPEED);
        return speed.isPresent() && speed.getAsDouble() > 0
                ? String.format(Locale.ROOT, "%.2fx", speed.getAsDouble())
                : "";
    }

    /** Over what was drawn before; lines that wide letters make too long are clipped by the terminal. */
    private void draw(List<String> lines, TerminalSize size) {
        int shown = Math.min(lines.size(), size.rows() - 1);
        StringBuilder screen = new StringBuilder("\u001b[?7l\r");
        if (drawn > 0) {
            screen.append("\u001b[").append(drawn).append('A');
        }
        for (int i = 0; i < shown; i++) {
            boolean more = i == shown - 1 && shown < lines.size();
            screen.append(more ? "... " + (lines.size() - i) + " more lines" : lines.get(i))
                    .append('\n');
        }
        console.out().print(screen.append("\u001b[?7h"));
        console.out().flush();
        drawn = shown;
    }
}
