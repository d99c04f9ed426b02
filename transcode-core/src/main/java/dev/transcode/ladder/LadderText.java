package dev.transcode.ladder;

import dev.transcode.media.Bitrate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short form of a ladder: {@code 720p:4M:128k,480p:2M:96k}. */
public final class LadderText {
    private static final Pattern HEIGHT = Pattern.compile("(\\d{2,4})p");

    private LadderText() {}

    /**
     * Reads rungs of the form {@code <height>p:<video bitrate>:<audio bitrate>}, separated by commas.
     *
     * @throws IllegalArgumentException with a sentence that names the part which is wrong
     */
    public static Ladder parse(String text) {
        List<Rung> rungs = new ArrayList<>();
        for (String rung : text.split(",", -1)) {
            rungs.add(parseRung(rung.strip()));
        }
        return new Ladder(rungs);
    }

    static Rung parseRung(String text) {
        String[] fields = text.split(":", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException(
                    "rung '" + text + "' is not <height>p:<video bitrate>:<audio bitrate>, like 720p:4M:128k");
        }
        Matcher height = HEIGHT.matcher(fields[0]);
        if (!height.matches()) {
            throw new IllegalArgumentException("rung '" + text + "' does not start with a height like 720p");
        }
        return Rung.of(
                fields[0], Integer.parseInt(height.group(1)), Bitrate.parse(fields[1]), Bitrate.parse(fields[2]));
    }
}
