package dev.transcode.hls;

import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.PlannedOutput;
import dev.transcode.ladder.Rendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the progressive MP4s of a plan out of its tracks. */
final class ProgressiveFiles {
    /**
     * Bytes. What is remuxed needs its room again, so tracks that hold more do so one rung after the other. Below, all at
     * once: with each start of FFmpeg spared, a short film is done a tenth of a second earlier.
     */
    private static final long TOGETHER = 64 << 20;

    private final Encoder encoder;
    private final Path directory;
    private final Cancellation cancellation;

    /** What is to be made next, and its tracks in one file each, by their ids. */
    private final List<Encoder.Remux> batch = new ArrayList<>();

    private final Map<String, Path> whole = new HashMap<>();

    /** @param directory takes the MP4s, and the tracks while one is made */
    ProgressiveFiles(Encoder encoder, Path directory, Cancellation cancellation) {
        this.encoder = encoder;
        this.directory = directory;
        this.cancellation = cancellation;
    }

    List<PackagedFile> make(EncodePlan plan, List<PackagedTrack> tracks) throws IOException {
        List<PackagedFile> files = new ArrayList<>();
        try {
            for (PlannedOutput output : plan.outputs()) {
                if (output.kind() == PlannedOutput.Kind.MP4) {
                    List<PackagedTrack> of = tracksOf(plan, output, tracks);
                    Path target = directory.resolve(of.get(0).id() + ".mp4");
                    files.add(new PackagedFile(target, output.file(), FileKind.MP4));
                    batch.add(new Encoder.Remux(join(of), target));
                    if (bytes() > TOGETHER) {
                        remux();
                    }
                }
            }
            remux();
        } finally {
            clear();
        }
        return files;
    }

    /** The picture an output is named after and its sound; without a picture, the first sound. */
    private static List<PackagedTrack> tracksOf(EncodePlan plan, PlannedOutput output, List<PackagedTrack> tracks) {
        List<String> ids = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            if (rendition.name().equals(output.profile())) {
                ids.add(plan.directoryOf(rendition));
                plan.audioOf(rendition).ifPresent(audio -> ids.add(plan.directoryOf(audio)));
            }
        }
        if (plan.renditions().isEmpty()) {
            AudioRendition best = plan.audio().get(0);
            ids.add(plan.directoryOf(best));
        }
        List<PackagedTrack> found = new ArrayList<>();
        for (PackagedTrack track : tracks) {
            if (ids.contains(track.id())) {
                found.add(track);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the plan has no rendition for its output " + output.profile());
        }
        return found;
    }

    private List<Path> join(List<PackagedTrack> tracks) throws IOException {
        List<Path> joined = new ArrayList<>();
        for (PackagedTrack track : tracks) {
            cancellation.throwIfCancelled();
            Path file = directory.resolve(track.id() + "-whole.mp4");
            if (whole.put(track.id(), file) == null) {
                List<Path> parts = new ArrayList<>(List.of(track.init()));
                parts.addAll(track.segments());
                SegmentFiles.concatenate(parts, file);
            }
            joined.add(file);
        }
        return joined;
    }

    private long bytes() throws IOException {
        long sum = 0;
        for (Path file : whole.values()) {
            sum += Files.size(file);
        }
        return sum;
    }

    private void remux() throws IOException {
        if (!batch.isEmpty()) {
            encoder.remux(List.copyOf(batch), cancellation);
            clear();
        }
    }

    private void clear() throws IOException {
        for (Path file : whole.values()) {
            Files.deleteIfExists(file);
        }
        whole.clear();
        batch.clear();
    }
}
