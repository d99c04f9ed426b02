package dev.transcode.hls;

import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.PlannedOutput;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.Rendition;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.ladder.VideoInput;
import dev.transcode.media.Bitrate;
import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import dev.transcode.media.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans for tests. */
final class Plans {
    private Plans() {}

    /** 720p with 128k and 480p with 96k, English, at 25 frames a second. */
    static EncodePlan film() {
        return video(FrameRate.of(25), 250, List.of(audio("128k", "eng"), audio("96k", "eng")));
    }

    /** As {@link #film}, at another rate and with the sounds given: one for each of the two rungs, or none. */
    static EncodePlan video(FrameRate rate, long frames, List<AudioRendition> audio) {
        int gop = (int) Math.round(rate.value() * 2);
        List<Rendition> renditions = List.of(
                rendition(
                        "720p",
                        new Resolution(320, 180),
                        rate,
                        gop,
                        audio.isEmpty() ? "" : audio.get(0).name()),
                rendition(
                        "480p",
                        new Resolution(160, 90),
                        rate,
                        gop,
                        audio.isEmpty() ? "" : audio.get(audio.size() - 1).name()));
        VideoInput input = new VideoInput(
                0,
                new Resolution(320, 180),
                FieldOrder.PROGRESSIVE,
                Color.UNSPECIFIED,
                "yuv420p",
                rate,
                Duration.ZERO,
                Duration.ZERO,
                frames);
        List<PlannedOutput> outputs = new ArrayList<>();
        for (Rendition rendition : renditions) {
            outputs.add(new PlannedOutput(PlannedOutput.Kind.MP4, rendition.name(), rendition.name() + ".mp4"));
        }
        outputs.add(new PlannedOutput(PlannedOutput.Kind.HLS, "hls", "master.m3u8"));
        return new EncodePlan(
                Optional.of(input),
                renditions,
                audio,
                Duration.ZERO,
                rate.durationOf(frames),
                rate.durationOf(2L * gop),
                outputs,
                List.of());
    }

    static EncodePlan soundAlone(Duration duration) {
        return new EncodePlan(
                Optional.empty(),
                List.of(),
                List.of(audio("128k", "")),
                Duration.ZERO,
                duration,
                Duration.ofSeconds(4),
                List.of(
                        new PlannedOutput(PlannedOutput.Kind.MP4, "audio", "audio.mp4"),
                        new PlannedOutput(PlannedOutput.Kind.HLS, "hls", "master.m3u8")),
                List.of());
    }

    static AudioRendition audio(String bitrate, String language) {
        return new AudioRendition(bitrate, 1, Bitrate.parse(bitrate), 2, language);
    }

    private static Rendition rendition(String name, Resolution size, FrameRate rate, int gop, String audio) {
        return new Rendition(
                name,
                size,
                rate,
                gop,
                VideoCodec.H264,
                Preset.ULTRAFAST,
                RateControl.BITRATE,
                21,
                Bitrate.parse("300k"),
                Bitrate.parse("450k"),
                600_000,
                audio.isEmpty() ? Optional.empty() : Optional.of(audio));
    }
}
