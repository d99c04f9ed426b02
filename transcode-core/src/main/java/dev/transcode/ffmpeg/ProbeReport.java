package dev.transcode.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file's header as ffprobe reports it.
 *
 * @param format FFmpeg's name of the container, e.g. {@code matroska,webm}
 * @param duration as the header claims; null if it does not
 * @param streams in the file's order
 */
record ProbeReport(String format, @Nullable Duration duration, List<StreamHeader> streams) {
    /** FFmpeg's demuxers flagged AVFMT_TS_DISCONT: their clocks may jump, and ffmpeg joins the parts. */
    private static final Set<String> JUMPING_CLOCKS = Set.of("mpegts", "mpeg");

    ProbeReport {
        streams = List.copyOf(streams);
    }

    boolean isMov() {
        return format.startsWith("mov");
    }

    boolean hasJumpingClock() {
        return JUMPING_CLOCKS.contains(format);
    }

    List<StreamHeader> streams(StreamHeader.Kind kind) {
        List<StreamHeader> found = new ArrayList<>();
        for (StreamHeader stream : streams) {
            if (stream.kind() == kind) {
                found.add(stream);
            }
        }
        return found;
    }

    /** The same report with one stream replaced by another of the same index. */
    ProbeReport with(StreamHeader replaced) {
        List<StreamHeader> all = new ArrayList<>();
        for (StreamHeader stream : streams) {
            all.add(stream.index() == replaced.index() ? replaced : stream);
        }
        return new ProbeReport(format, duration, all);
    }
}
