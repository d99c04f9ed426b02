package dev.transcode.cli;

import dev.transcode.job.JobStatus;
import java.util.function.Consumer;

/** A live line of a job on the queue; not on a terminal a line for each stage and each tenth. */
final class FollowPrinter implements Consumer<JobStatus> {
    private static final int STEP = 10;
    /** From so many columns on there is room for a bar. */
    private static final int WIDE = 72;

    private final Console console;
    private final int columns;
    private String printed = "";

    FollowPrinter(Console console) {
        this.console = console;
        this.columns = console.isLive() ? TerminalSize.now().columns() : Integer.MAX_VALUE;
    }

    @Override
    public void accept(JobStatus status) {
        if (status.state().ended()) {
            end();
            return;
        }
        String text = StatusText.line(status);
        if (console.isLive()) {
            String bar = columns < WIDE ? "" : ProgressPrinter.bar(StatusText.progress(status)) + " ";
            console.err().print("\r\u001b[K" + Format.cut(bar + text, columns - 1));
            console.err().flush();
            return;
        }
        String step = StatusText.state(status) + status.attempt() + status.stage() + (int) status.percent() / STEP;
        if (!step.equals(printed)) {
            console.err().println(text);
        }
        printed = step;
    }

    /** Takes the live line away. */
    void end() {
        if (console.isLive()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
