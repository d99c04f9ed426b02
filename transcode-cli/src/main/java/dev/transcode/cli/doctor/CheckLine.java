package dev.transcode.cli.doctor;

import dev.transcode.internal.OneLine;
import dev.transcode.worker.MaskingEncoder;
import java.util.Locale;

/**
 * What came of one check. Its texts hold no secrets: what looks like one is masked.
 *
 * @param area what it belongs to, one word, e.g. {@code redis}
 * @param name what was checked, starting with the area, e.g. {@code redis persistence}
 * @param seen what was found
 * @param hint what to do; empty if nothing is to be done
 */
public record CheckLine(String area, String name, Level level, String seen, String hint) {
    public CheckLine {
        seen = MaskingEncoder.masked(OneLine.of(seen));
        hint = MaskingEncoder.masked(hint);
    }

    /** How a check ended. */
    public enum Level {
        OK,
        /** It works, but not as well or as safely as it could. */
        WARNING,
        /** Something will not work. */
        FAILED,
        /** Not looked at, because it is not set up or something before it failed. */
        SKIPPED;

        /** The published word, e.g. {@code warning}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
