package dev.transcode.ladder;

import static dev.transcode.media.FindingCode.AUDIO_LONGER;
import static dev.transcode.media.FindingCode.FRAME_RATE_CAPPED;
import static dev.transcode.media.FindingCode.SEGMENT_LENGTHENED;

import dev.transcode.media.AudioStream;
import dev.transcode.media.Bitrate;
import dev.transcode.media.Finding;
import dev.transcode.media.FrameRate;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.VideoStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Resolves a ladder against a source. Pure: the same input gives the same plan.
 *
 * <p>The grid is counted in frames, not seconds: a GOP is the number of frames nearest to 2 s at the exact rate, a
 * segment is whole GOPs. At 24000/1001 that is 48 frames, 2.002 s and 4.004 s every time, where key frames forced by
 * time gave 3.96 and 5.96 s.
 */
public final class EncodePlanner {
    /** Sound that outlasts the picture by more than this makes the picture's last frame stay. */
    private static final Duration HELD_FROM = Duration.ofMillis(500);

    private static final int GOP_SECONDS = 2;

    /** Roku refuses very large playlists. */
    private static final int MAX_SEGMENTS = 4_500;

    private EncodePlanner() {}

    /** What will be made of {@code media} for {@code ladder} with {@code settings}. */
    public static EncodePlan plan(MediaInfo media, Ladder ladder, EncodeSettings settings) {
        return media.video()
                .map(video -> planVideo(media, video, ladder, settings))
                .orElseGet(() -> planAudioOnly(media, ladder, settings));
    }

    private static EncodePlan planVideo(MediaInfo media, VideoStream video, Ladder ladder, EncodeSettings settings) {
        List<Finding> findings = new ArrayList<>();
        FrameRate rate = FrameRates.constant(video.frameRate(), video.variableFrameRate(), settings.maxFps());
        if (video.frameRate().value() > settings.maxFps() + 0.01) {
            findings.add(new Finding(
                    FRAME_RATE_CAPPED,
                    String.format(
                            Locale.ROOT,
                            "%.3f frames a second",
                            video.frameRate().value()),
                    "made " + rate + ", the most allowed is " + settings.maxFps()));
        }
        Duration end = end(media, video, findings);
        long frames = Math.max(1, rate.framesIn(end.minus(media.start())));
        VideoInput input = new VideoInput(
                video.index(),
                video.displaySize(),
                video.fieldOrder(),
                video.color(),
                video.pixelFormat(),
                rate,
                video.scan().start().minus(media.start()),
                end.minus(video.scan().end()),
                frames);

        List<Rung> rungs = RungResolver.fitting(ladder, video.displaySize(), findings);
        int gop = RungResolver.gopFrames(rate, rungs, settings, GOP_SECONDS);
        List<Rendition> renditions = new ArrayList<>();
        for (Rung rung : rungs) {
            renditions.add(RungResolver.resolve(
                    rung,
                    input.displaySize(),
                    rate,
                    gop,
                    settings,
                    media.mainAudio().isPresent()));
        }
        Duration duration = rate.durationOf(frames);
        Duration segment = segmentDuration(rate, gop, duration, settings, findings);
        for (Rendition rendition : renditions) {
            RokuLimits.check(rendition, segment, findings);
        }
        return new EncodePlan(
                Optional.of(input),
                renditions,
                audioRenditions(media.mainAudio(), rungs),
                media.start(),
                duration,
                segment,
                outputs(renditions),
                findings);
    }

    private static EncodePlan planAudioOnly(MediaInfo media, Ladder ladder, EncodeSettings settings) {
        AudioStream source = media.mainAudio().orElseThrow();
        Rung best = ladder.rungs().stream()
                .max(Comparator.comparing(Rung::audioBitrate))
                .orElseThrow();
        List<Finding> findings = new ArrayList<>();
        Duration segment = segmentDuration(FrameRate.of(1), GOP_SECONDS, media.duration(), settings, findings);
        return new EncodePlan(
                Optional.empty(),
                List.of(),
                List.of(audioRendition(source, best.audioBitrate())),
                media.start(),
                media.duration(),
                segment,
                List.of(
                        new PlannedOutput(PlannedOutput.Kind.MP4, "audio", "audio.mp4"),
                        new PlannedOutput(PlannedOutput.Kind.HLS, "hls", "master.m3u8")),
                findings);
    }

    /** Where the output ends on the source's time line. */
    private static Duration end(MediaInfo media, VideoStream video, List<Finding> findings) {
        Duration ofVideo = video.scan().end();
        Duration ofAudio = media.mainAudio().map(a -> a.scan().end()).orElse(ofVideo);
        if (ofAudio.minus(ofVideo).compareTo(HELD_FROM) <= 0) {
            return ofVideo;
        }
        findings.add(new Finding(
                AUDIO_LONGER,
                "the sound ends " + seconds(ofAudio.minus(ofVideo)) + " after the picture",
                "the last frame is held until then"));
        return ofAudio;
    }

    /** Whole GOPs, more of them than asked for where the playlist would get too long. */
    private static Duration segmentDuration(
            FrameRate rate, int gopFrames, Duration total, EncodeSettings settings, List<Finding> findings) {
        int asked = settings.segmentSeconds() / GOP_SECONDS;
        int gops = asked;
        while (rate.durationOf((long) gopFrames * gops)
                        .multipliedBy(MAX_SEGMENTS)
                        .compareTo(total)
                < 0) {
            gops++;
        }
        Duration segment = rate.durationOf((long) gopFrames * gops);
        if (gops > asked) {
            findings.add(new Finding(
                    SEGMENT_LENGTHENED,
                    "a film of " + seconds(total) + " would have more than " + MAX_SEGMENTS + " segments of "
                            + settings.segmentSeconds() + " s",
                    "segments of " + seconds(segment)));
        }
        return segment;
    }

    private static List<AudioRendition> audioRenditions(Optional<AudioStream> source, List<Rung> rungs) {
        if (source.isEmpty()) {
            return List.of();
        }
        return rungs.stream()
                .map(Rung::audioBitrate)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .map(bitrate -> audioRendition(source.get(), bitrate))
                .toList();
    }

    private static AudioRendition audioRendition(AudioStream source, Bitrate bitrate) {
        return new AudioRendition(bitrate.toString(), source.index(), bitrate, source.channels(), source.language());
    }

    private static List<PlannedOutput> outputs(List<Rendition> renditions) {
        List<PlannedOutput> outputs = new ArrayList<>();
        for (Rendition rendition : renditions) {
            outputs.add(new PlannedOutput(PlannedOutput.Kind.MP4, rendition.name(), rendition.name() + ".mp4"));
        }
        outputs.add(new PlannedOutput(PlannedOutput.Kind.HLS, "hls", "master.m3u8"));
        return outputs;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
