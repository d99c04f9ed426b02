package dev.transcode.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How values are put into the sentences of findings and failures. */
final class Sentences {
    private Sentences() {}

    /** {@code 14.46 s}, {@code 0.021 s}: hundredths, thousandths below a second. */
    static String seconds(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return String.format(Locale.ROOT, Math.abs(seconds) < 1 ? "%.3f s" : "%.2f s", seconds);
    }

    /** {@code stream 2 (apac), stream 3 (aac)}. */
    static String streams(List<StreamHeader> streams) {
        StringBuilder text = new StringBuilder();
        for (StreamHeader stream : streams) {
            text.append(text.length() == 0 ? "" : ", ").append(stream.describe());
        }
        return text.toString();
    }
}
