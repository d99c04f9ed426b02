package dev.transcode.ffmpeg;

import dev.transcode.media.MediaInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file for tests, made of headers and packets, as ffprobe would tell of it. */
final class Film {
    private static final int BYTES = 1_000;

    private final List<StreamHeader> streams;
    private final List<String> packets = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private String container = "matroska,webm";
    private @Nullable Duration claimed = Duration.ofSeconds(2);
    private long missingBytes;

    Film(StreamHeader... streams) {
        this.streams = List.of(streams);
    }

    /** {@code count} frames of one tick each. */
    Film frames(int stream, int first, int count) {
        for (int i = 0; i < count; i++) {
            packets.add(stream + "|" + (first + i) + "|" + (first + i) + "|1|" + (i == 0 ? "K__" : "___"));
        }
        return this;
    }

    /** One long packet. */
    Film sound(int stream, int first, int samples) {
        return line(stream + "|" + first + "|" + first + "|" + samples + "|K__");
    }

    Film line(String packet) {
        packets.add(packet);
        return this;
    }

    Film container(String name) {
        container = name;
        return this;
    }

    Film claims(@Nullable Duration duration) {
        claimed = duration;
        return this;
    }

    Film says(String line) {
        log.add(line);
        return this;
    }

    /** It ends {@code bytes} too early, of 1,000 it has. */
    Film missing(long bytes) {
        missingBytes = bytes;
        return this;
    }

    MediaInfo probe() {
        ProbeReport report = new ProbeReport(container, claimed, streams);
        ProbeLimits.checkHeader(report);
        PacketScan scan = new PacketScan(report);
        packets.forEach(scan::accept);
        return ProbeResult.of(report, scan, BYTES, new Truncation(report, BYTES, missingBytes, log), log);
    }
}
