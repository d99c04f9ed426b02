package dev.transcode.hls;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeStats;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an encoder would leave, made of hand-built boxes; copies nothing but remembers what it was asked to. */
final class FakeEncode implements Encoder {
    final List<String> remuxed = new ArrayList<>();

    /** How many files each call was to make. */
    final List<Integer> batches = new ArrayList<>();

    private final Path directory;
    private final List<EncodedMedia.Track> tracks = new ArrayList<>();

    FakeEncode(Path directory) {
        this.directory = directory;
    }

    /**
     * A picture of 25 frames a second.
     *
     * @param frames of each segment
     */
    FakeEncode video(String name, int frameSize, int... frames) throws IOException {
        return track(name, Boxes.videoInit(12_800, 1024), 512, frameSize, frames);
    }

    /**
     * Sound of 48 kHz.
     *
     * @param packets of each segment
     */
    FakeEncode audio(String name, int packetSize, int... packets) throws IOException {
        return track(name, Boxes.audioInit(), 1024, packetSize, packets);
    }

    FakeEncode track(String name, byte[] init, int sampleDuration, int sampleSize, int... samples) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        List<Path> segments = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < samples.length; i++) {
            Path file = folder.resolve(String.format("s%05d.m4s", i));
            segments.add(Files.write(file, Boxes.segment(time, samples[i], sampleDuration, sampleSize)));
            time += (long) samples[i] * sampleDuration;
        }
        tracks.add(new EncodedMedia.Track(name, Files.write(folder.resolve("init.mp4"), init), segments));
        return this;
    }

    EncodedMedia media() {
        return new EncodedMedia(
                tracks,
                new EncodeStats(Duration.ZERO, Duration.ZERO, 0, 0, 0, List.of(), "none", List.of()),
                List.of());
    }

    @Override
    public EncodedMedia encode(
            EncodePlan plan, Path source, Path target, EncodeListener listener, Cancellation cancellation) {
        return media();
    }

    @Override
    public void remux(List<Remux> files, Cancellation cancellation) {
        batches.add(files.size());
        try {
            for (Remux file : files) {
                StringBuilder call = new StringBuilder();
                for (Path track : file.tracks()) {
                    call.append(track.getFileName())
                            .append(' ')
                            .append(Files.size(track))
                            .append(" -> ");
                }
                remuxed.add(call.append(file.target().getFileName()).toString());
                Files.writeString(file.target(), "progressive");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
