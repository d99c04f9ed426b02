package dev.transcode.media;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a probe found in a file: the streams that will be used, their measured times, and what is odd about them.
 *
 * @param container FFmpeg's name of the format, e.g. {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param bytes size of the file
 * @param headerDuration what the header claims; only for people, never computed with
 * @param video the picture that will be encoded: the first real one; empty for audio only
 * @param audio the sound tracks that can be decoded, in the file's order; the first is the one used
 * @param findings what is odd about the file
 */
public record MediaInfo(
        String container,
        long bytes,
        Optional<Duration> headerDuration,
        Optional<VideoStream> video,
        List<AudioStream> audio,
        List<Finding> findings) {
    public MediaInfo {
        audio = List.copyOf(audio);
        findings = List.copyOf(findings);
        if (video.isEmpty() && audio.isEmpty()) {
            throw new IllegalArgumentException("media needs a video or an audio stream");
        }
    }

    /** The sound that will be encoded. */
    public Optional<AudioStream> mainAudio() {
        return audio.stream().findFirst();
    }

    /** Where the output's time 0 lies on the file's time line: the first sample of the streams used. */
    public Duration start() {
        Optional<Duration> ofVideo = video.map(v -> v.scan().start());
        Optional<Duration> ofAudio = mainAudio().map(a -> a.scan().start());
        if (ofVideo.isEmpty() || ofAudio.isEmpty()) {
            return ofVideo.or(() -> ofAudio).orElseThrow();
        }
        return ofVideo.get().compareTo(ofAudio.get()) <= 0 ? ofVideo.get() : ofAudio.get();
    }

    /** Measured length from {@link #start} to the end of the video, or of the audio where there is no video. */
    public Duration duration() {
        Duration end = video.map(v -> v.scan().end())
                .orElseGet(() -> mainAudio().orElseThrow().scan().end());
        return end.minus(start());
    }
}
