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
import java.util.List;

/** Makes the progressive MP4s of a plan out of its tracks, one after the other: each needs its tracks' room again. */
final class ProgressiveFiles {
    private final Encoder encoder;
    private final Path directory;
    private final Cancellation cancellation;

    /** @param directory takes the MP4s, and the tracks while one is made */
    ProgressiveFiles(Encoder encoder, Path directory, Cancellation cancellation) {
        this.encoder = encoder;
        this.directory = directory;
        this.cancellation = cancellation;
    }

    List<PackagedFile> make(EncodePlan plan, List<PackagedTrack> tracks) throws IOException {
        List<PackagedFile> files = new ArrayList<>();
        for (PlannedOutput output : plan.outputs()) {
            if (output.kind() == PlannedOutput.Kind.MP4) {
                List<PackagedTrack> of = tracksOf(plan, output, tracks);
                Path target = directory.resolve(of.get(0).id() + ".mp4");
                remux(of, target);
                files.add(new PackagedFile(target, output.file(), FileKind.MP4));
            }
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

    private void remux(List<PackagedTrack> tracks, Path target) throws IOException {
        List<Path> whole = new ArrayList<>();
        try {
            for (PackagedTrack track : tracks) {
                cancellation.throwIfCancelled();
                Path file = directory.resolve(track.id() + "-whole.mp4");
                whole.add(file);
                List<Path> parts = new ArrayList<>(List.of(track.init()));
                parts.addAll(track.segments());
                SegmentFiles.concatenate(parts, file);
            }
            encoder.remux(whole, target, cancellation);
        } finally {
            for (Path file : whole) {
                Files.deleteIfExists(file);
            }
        }
    }
}
