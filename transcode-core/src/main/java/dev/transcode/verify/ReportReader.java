package dev.transcode.verify;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.transcode.internal.ReportJson;
import dev.transcode.media.Resolution;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the {@code report.json} beside a package says it holds. Pure. */
final class ReportReader {
    /** Three years. */
    private static final double LONGEST_SECONDS = 1e8;

    private ReportReader() {}

    /** Empty if {@code text} is not a report of ours: then nothing is known. */
    static Optional<Expectation> read(Reader text) {
        try {
            return Optional.of(read(ReportJson.read(text)));
        } catch (IOException | RuntimeException e) {
            // A field that is missing, of another type or out of range: a stranger's file that has the same name.
            return Optional.empty();
        }
    }

    private static Expectation read(JsonObject report) {
        Duration planned = seconds(report.get("duration"));
        Duration source = seconds(report.getAsJsonObject("source").get("duration"));
        List<Expectation.Track> tracks = new ArrayList<>();
        List<Expectation.File> files = new ArrayList<>();
        boolean sound = false;
        for (JsonElement element : report.getAsJsonArray("renditions")) {
            JsonObject rendition = element.getAsJsonObject();
            sound |= rendition.get("type").getAsString().equals("audio");
            tracks.add(track(rendition));
        }
        for (JsonElement element : report.getAsJsonArray("outputs")) {
            JsonObject output = element.getAsJsonObject();
            String key = output.get("key").getAsString();
            if (key.endsWith(".mp4")) {
                Optional<Resolution> size = Optional.empty();
                for (Expectation.Track track : tracks) {
                    boolean its =
                            track.folder().equals("v-" + output.get("profile").getAsString());
                    size = its ? track.size() : size;
                }
                files.add(new Expectation.File(key.substring(key.lastIndexOf('/') + 1), size, sound, planned));
            }
        }
        // The report tells the picture's length; where sound went on, the plan's is the longer one.
        Duration longest = planned.compareTo(source) > 0 ? planned : source;
        return new Expectation(longest, source, tracks, files);
    }

    private static Expectation.Track track(JsonObject rendition) {
        String name = rendition.get("name").getAsString();
        Duration duration = seconds(rendition.get("duration"));
        if (rendition.get("type").getAsString().equals("audio")) {
            return new Expectation.Track("a-" + name, Optional.empty(), OptionalLong.empty(), duration);
        }
        Resolution size = new Resolution(
                rendition.get("width").getAsInt(), rendition.get("height").getAsInt());
        return new Expectation.Track(
                "v-" + name,
                Optional.of(size),
                OptionalLong.of(rendition.get("samples").getAsLong()),
                duration);
    }

    private static Duration seconds(JsonElement value) {
        double seconds = value.getAsDouble();
        if (!(seconds >= 0 && seconds < LONGEST_SECONDS)) {
            throw new IllegalArgumentException("no film's length: " + seconds);
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
