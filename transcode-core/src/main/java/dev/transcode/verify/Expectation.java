package dev.transcode.verify;

import dev.transcode.hls.HlsLayout;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.PlannedOutput;
import dev.transcode.ladder.Rendition;
import dev.transcode.ladder.VideoInput;
import dev.transcode.media.AudioStream;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a package has to hold, from the plan and the scanned source or from the report of the run that made it.
 *
 * @param source length of what was scanned, from the first sample to the last one of picture and sound together
 * @param shortest length that can be right: the picture's own, or the sound's where there is none
 * @param tracks one for each rendition, pictures first
 * @param files the progressive MP4s
 */
record Expectation(Duration source, Duration shortest, List<Track> tracks, List<File> files) {
    Expectation {
        tracks = List.copyOf(tracks);
        files = List.copyOf(files);
    }

    /**
     * One rendition.
     *
     * @param folder its playlist is in, e.g. {@code v-720p}
     * @param size of the picture; empty for sound
     * @param frames of the picture; empty for sound
     */
    record Track(String folder, Optional<Resolution> size, OptionalLong frames, Duration duration) {}

    /**
     * One progressive MP4.
     *
     * @param name beside the multivariant playlist, e.g. {@code 720p.mp4}
     * @param size of the picture; empty for sound alone
     * @param sound whether there has to be some
     */
    record File(String name, Optional<Resolution> size, boolean sound, Duration duration) {}

    static Expectation of(EncodePlan plan, MediaInfo media, HlsLayout layout) {
        List<Track> tracks = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            String folder = layout.folder(plan.directoryOf(rendition));
            long frames = frames(plan.video().orElseThrow(), rendition);
            tracks.add(new Track(
                    folder,
                    Optional.of(rendition.size()),
                    OptionalLong.of(frames),
                    rendition.frameRate().durationOf(frames)));
        }
        for (AudioRendition audio : plan.audio()) {
            String folder = layout.folder(plan.directoryOf(audio));
            tracks.add(new Track(folder, Optional.empty(), OptionalLong.empty(), plan.duration()));
        }
        return new Expectation(whole(media), media.duration(), tracks, files(plan));
    }

    /** A rendition of a lower rate keeps every n-th frame, the first one included. */
    private static long frames(VideoInput input, Rendition rendition) {
        long step = Math.round(input.frameRate().value() / rendition.frameRate().value());
        return (input.frames() + step - 1) / step;
    }

    private static Duration whole(MediaInfo media) {
        Duration end = media.start().plus(media.duration());
        for (AudioStream audio : media.mainAudio().stream().toList()) {
            end = audio.scan().end().compareTo(end) > 0 ? audio.scan().end() : end;
        }
        return end.minus(media.start());
    }

    private static List<File> files(EncodePlan plan) {
        List<File> files = new ArrayList<>();
        for (PlannedOutput output : plan.outputs()) {
            if (output.kind() == PlannedOutput.Kind.MP4) {
                Optional<Resolution> size = Optional.empty();
                for (Rendition rendition : plan.renditions()) {
                    size = rendition.name().equals(output.profile()) ? Optional.of(rendition.size()) : size;
                }
                files.add(new File(output.file(), size, !plan.audio().isEmpty(), plan.duration()));
            }
        }
        return files;
    }
}
