package dev.transcode.cli;

import dev.transcode.storage.TransferListener;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A live line on a terminal; elsewhere a line for each quarter of a large file. Thread-safe. */
final class UploadProgress implements TransferListener {
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SMALL = 10_000_000;
    private static final int STEP = 25;

    private final Console console;
    private final long start = System.nanoTime();
    private long sent;
    private long drawn;
    private int printed;

    UploadProgress(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void onBytes(long done, long total) {
        long now = System.nanoTime();
        if (done <= sent || total <= 0) {
            return;
        }
        sent = done;
        int percent = (int) (100 * done / total);
        if (console.isLive()) {
            if (drawn == 0 || now - drawn >= REDRAW_NANOS) {
                drawn = now;
                console.err().print("\r\u001b[K" + text(done, total, now - start));
                console.err().flush();
            }
        } else if (total > SMALL && percent >= printed + STEP && done < total) {
            printed = percent / STEP * STEP;
            console.err().println(text(done, total, now - start));
        }
    }

    /** Takes the live line away. */
    synchronized void end() {
        if (console.isLive()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }

    private static String text(long done, long total, long nanos) {
        double perSecond = done / Math.max(1e-3, nanos / 1e9);
        return String.format(
                Locale.ROOT,
                "%3d %%  %s of %s  %.1f MB/s  ETA %s",
                100 * done / total,
                Format.bytes(done),
                Format.bytes(total),
                perSecond / 1e6,
                Format.clock(Duration.ofMillis((long) ((total - done) / perSecond * 1_000))));
    }
}
