package dev.transcode.ffmpeg;

import dev.transcode.encode.EncodeListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds finished segments while FFmpeg runs. FFmpeg renames each one into place when it is whole, so a segment is known
 * to be whole by its name alone; the last two are left for the packager. Used by one thread, driven by FFmpeg's own
 * progress reports.
 */
final class SegmentWatch {
    private static final int HELD_BACK = 2;

    private final EncodeListener listener;
    private final List<TrackWatch> tracks = new ArrayList<>();

    SegmentWatch(Path directory, List<String> folders, EncodeListener listener) {
        this.listener = listener;
        for (String folder : folders) {
            tracks.add(new TrackWatch(folder, directory.resolve(folder)));
        }
    }

    /** Tells the listener of every segment that was finished since the last call. */
    void poll() {
        for (TrackWatch track : tracks) {
            while (Files.exists(segment(track.directory, track.next + HELD_BACK))) {
                if (track.next == 0) {
                    listener.onSegment(track.folder, track.directory.resolve("init.mp4"));
                }
                listener.onSegment(track.folder, segment(track.directory, track.next));
                track.next++;
            }
        }
    }

    /** The segments {@code directory} holds, in order. */
    static List<Path> segments(Path directory) {
        List<Path> segments = new ArrayList<>();
        while (Files.exists(segment(directory, segments.size()))) {
            segments.add(segment(directory, segments.size()));
        }
        return segments;
    }

    private static Path segment(Path directory, int number) {
        return directory.resolve(String.format(Locale.ROOT, "s%05d.m4s", number));
    }

    private static final class TrackWatch {
        private final String folder;
        private final Path directory;
        private int next;

        TrackWatch(String folder, Path directory) {
            this.folder = folder;
            this.directory = directory;
        }
    }
}
