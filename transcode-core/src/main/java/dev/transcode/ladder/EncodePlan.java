package dev.transcode.ladder;

import dev.transcode.media.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything decided before FFmpeg starts.
 *
 * @param video what is done to the picture; empty for audio only
 * @param renditions of the picture, in the ladder's order; empty for audio only
 * @param audio one for each distinct audio bitrate of the ladder, highest first; empty without sound
 * @param start where the output's time 0 lies on the source's time line
 * @param duration of the output
 * @param segmentDuration of an HLS segment: whole GOPs, exact to the nanosecond
 * @param outputs what the job will list, in order; the multivariant playlist last
 * @param findings what the plan decided because of the source, beside the probe's own findings
 */
public record EncodePlan(
        Optional<VideoInput> video,
        List<Rendition> renditions,
        List<AudioRendition> audio,
        Duration start,
        Duration duration,
        Duration segmentDuration,
        List<PlannedOutput> outputs,
        List<Finding> findings) {
    public EncodePlan {
        renditions = List.copyOf(renditions);
        audio = List.copyOf(audio);
        outputs = List.copyOf(outputs);
        findings = List.copyOf(findings);
        if (video.isPresent() == renditions.isEmpty() || (renditions.isEmpty() && audio.isEmpty())) {
            throw new IllegalArgumentException("a plan needs a video with renditions, or audio");
        }
    }

    /** Name of the folder the encoder writes a rendition into, {@code v0} for the first: never a rung's name. */
    public String directoryOf(Rendition rendition) {
        return "v" + renditions.indexOf(rendition);
    }

    /** Name of the folder the encoder writes an audio rendition into, {@code a0} for the first. */
    public String directoryOf(AudioRendition rendition) {
        return "a" + audio.indexOf(rendition);
    }

    /** The audio rendition that belongs to {@code rendition}. */
    public Optional<AudioRendition> audioOf(Rendition rendition) {
        return audio.stream()
                .filter(a -> rendition.audio().filter(a.name()::equals).isPresent())
                .findFirst();
    }
}
