package dev.transcode.worker.stub;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeProgress;
import dev.transcode.encode.EncodeStats;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Has an encoder make each thing once, and copies it from then on. Thread-safe, also between processes. */
final class RecordedEncoder implements Encoder {
    private final Path recordings;
    private final FilmSource film;
    private final Supplier<Encoder> real;

    RecordedEncoder(Path recordings, FilmSource film, Supplier<Encoder> real) {
        this.recordings = recordings;
        this.film = film;
        this.real = real;
    }

    /** Where the film is; makes it if need be. */
    @FunctionalInterface
    interface FilmSource {
        Path get() throws IOException;
    }

    @Override
    public EncodedMedia encode(
            EncodePlan plan, Path source, Path directory, EncodeListener listener, Cancellation cancellation) {
        try {
            Path recorded = recordings.resolve("encode-" + name(plan.toString()));
            if (!Files.exists(recorded)) {
                Path made = Files.createTempDirectory(recordings, "making");
                real.get().encode(plan, film.get(), made, EncodeListener.NONE, cancellation);
                keep(made, recorded);
            }
            cancellation.throwIfCancelled();
            List<EncodedMedia.Track> tracks = new ArrayList<>();
            for (Path folder : children(recorded)) {
                tracks.add(copy(folder, Files.createDirectory(directory.resolve(folder.getFileName()))));
            }
            for (EncodedMedia.Track track : tracks) {
                listener.onSegment(track.name(), track.init());
                for (Path segment :
                        track.segments().subList(0, Math.max(0, track.segments().size() - 2))) {
                    listener.onSegment(track.name(), segment);
                }
            }
            listener.onProgress(new EncodeProgress(plan.duration(), 50, 1_000, 40));
            cancellation.throwIfCancelled();
            Duration none = Duration.ofMillis(1);
            return new EncodedMedia(
                    tracks,
                    new EncodeStats(none, none, 1_000_000, 50, 0, List.of("stub"), "stub", List.of()),
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remux(List<Remux> files, Cancellation cancellation) {
        try {
            for (Remux file : files) {
                remux(file, cancellation);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remux(Remux file, Cancellation cancellation) throws IOException {
        StringBuilder what = new StringBuilder();
        for (Path track : file.tracks()) {
            what.append(Files.size(track)).append('-');
        }
        Path recorded = recordings.resolve("remux-" + what + file.target().getFileName());
        if (!Files.exists(recorded)) {
            Path made = recordings.resolve("making-" + UUID.randomUUID() + ".mp4");
            real.get().remux(List.of(new Remux(file.tracks(), made)), cancellation);
            keep(made, recorded);
        }
        Files.copy(recorded, file.target(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static EncodedMedia.Track copy(Path from, Path to) throws IOException {
        List<Path> segments = new ArrayList<>();
        for (Path file : children(from)) {
            Path copy = Files.copy(file, to.resolve(file.getFileName()));
            if (copy.toString().endsWith(".m4s")) {
                segments.add(copy);
            }
        }
        return new EncodedMedia.Track(String.valueOf(to.getFileName()), to.resolve("init.mp4"), segments);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Another thread or process may have been faster: its recording is as good. */
    private static void keep(Path made, Path recorded) throws IOException {
        try {
            Files.move(made, recorded, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(recorded)) {
                throw e;
            }
        }
    }

    private static String name(String plan) {
        return UUID.nameUUIDFromBytes(plan.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
