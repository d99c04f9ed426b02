package dev.transcode.ffmpeg;

import dev.transcode.media.AudioStream;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Resolution;
import dev.transcode.media.VideoStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes a {@link MediaInfo} of what ffprobe reported and the scan measured. Pure. */
final class ProbeResult {
    private ProbeResult() {}

    /**
     * Chooses the streams, applies the limits and names what is odd.
     *
     * @param bytes size of the file
     * @param log stderr of the packet scan
     * @throws dev.transcode.job.TranscodeException {@code no_video}, {@code unsupported_format},
     *     {@code truncated_input}, {@code decode_errors} or a {@code limit_*} code
     */
    static MediaInfo of(ProbeReport report, PacketScan scan, long bytes, Truncation truncation, List<String> log) {
        Optional<Finding> truncated = truncation.check(scan);
        StreamChoice choice = StreamChoice.of(report, scan);
        if (choice.video() != null) {
            Gaps.check(report, choice.video(), log);
        }
        Optional<VideoStream> video = choice.video() == null ? Optional.empty() : Optional.of(video(choice.video()));
        List<AudioStream> audio = new ArrayList<>();
        for (TrackScanner track : choice.audio()) {
            audio.add(audio(track));
        }
        MediaInfo plain =
                new MediaInfo(report.format(), bytes, Optional.ofNullable(report.duration()), video, audio, List.of());
        ProbeLimits.check(plain);
        List<Finding> findings = new ArrayList<>(ProbeFindings.of(plain, report, choice));
        truncated.ifPresent(findings::add);
        return new MediaInfo(plain.container(), bytes, plain.headerDuration(), video, audio, findings);
    }

    private static VideoStream video(TrackScanner track) {
        StreamHeader stream = track.header();
        VideoHeader header = Objects.requireNonNull(stream.video());
        FrameTiming timing = track.timing();
        return new VideoStream(
                stream.index(),
                stream.codec(),
                header.profile(),
                new Resolution(header.width(), header.height()),
                header.sampleAspectWidth(),
                header.sampleAspectHeight(),
                header.rotation(),
                timing.rate(),
                timing.variable(),
                header.pixelFormat(),
                PixelFormats.bitDepth(header.pixelFormat()),
                header.color(),
                header.fieldOrder(),
                track.scan());
    }

    private static AudioStream audio(TrackScanner track) {
        StreamHeader stream = track.header();
        AudioHeader header = Objects.requireNonNull(stream.audio());
        return new AudioStream(
                stream.index(),
                stream.codec(),
                header.channels(),
                header.channelLayout(),
                header.sampleRate(),
                stream.language(),
                track.scan());
    }
}
