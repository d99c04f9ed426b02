package dev.transcode.ffmpeg;

import dev.transcode.media.AudioStream;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import dev.transcode.media.MediaInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is odd about a file as a whole and about its sound, in sentences. The picture's part is in
 * {@link VideoFindings}; a sound that outlasts the picture is told by the plan, which decides how long that is held.
 */
final class ProbeFindings {
    private static final Duration OFFSET_FROM = Duration.ofMillis(1);
    private static final Duration LATE_FROM = Duration.ofMillis(20);
    private static final Duration SHORTER_FROM = Duration.ofMillis(500);
    private static final int STEREO = 2;
    private static final int SAMPLE_RATE = 48_000;

    private final List<Finding> findings = new ArrayList<>();

    private ProbeFindings() {}

    /** @param media without findings */
    static List<Finding> of(MediaInfo media, ProbeReport report, StreamChoice choice) {
        ProbeFindings all = new ProbeFindings();
        media.video().ifPresent(video -> all.findings.addAll(VideoFindings.of(video)));
        all.sound(media, choice);
        all.ignored(report, choice);
        all.times(media);
        all.headerDuration(media);
        return all.findings;
    }

    private void sound(MediaInfo media, StreamChoice choice) {
        Optional<AudioStream> main = media.mainAudio();
        if (main.isEmpty()) {
            boolean undecodable = !choice.undecodableAudio().isEmpty();
            add(
                    FindingCode.NO_AUDIO,
                    undecodable ? "no sound that can be decoded" : "no sound",
                    "the output has none either");
            return;
        }
        if (media.video().isEmpty()) {
            add(FindingCode.AUDIO_ONLY, "sound without a picture", "an audio-only output is made");
        }
        AudioStream audio = main.get();
        String layout = audio.channelLayout().isEmpty() ? "" : " (" + audio.channelLayout() + ")";
        if (audio.channels() > STEREO) {
            add(FindingCode.CHANNELS_DOWNMIXED, audio.channels() + " channels" + layout, "mixed down to stereo");
        } else if (audio.channels() < STEREO) {
            add(FindingCode.CHANNELS_UPMIXED, "one channel (mono)", "played on both channels of stereo");
        }
        if (audio.sampleRate() != SAMPLE_RATE) {
            add(FindingCode.SAMPLE_RATE_CONVERTED, audio.sampleRate() + " Hz", "converted to 48000 Hz");
        }
    }

    private void ignored(ProbeReport report, StreamChoice choice) {
        ignored(FindingCode.COVER_ART_IGNORED, "cover art or a still picture: ", choice.stills());
        ignored(FindingCode.VIDEO_TRACKS_IGNORED, "more than one video track: ", choice.otherVideo());
        List<StreamHeader> audio = new ArrayList<>();
        for (int i = 1; i < choice.audio().size(); i++) {
            audio.add(choice.audio().get(i).header());
        }
        ignored(FindingCode.AUDIO_TRACKS_IGNORED, "more than one audio track: ", audio);
        ignored(FindingCode.AUDIO_TRACKS_IGNORED, "sound that cannot be decoded: ", choice.undecodableAudio());
        ignored(FindingCode.SUBTITLES_IGNORED, "subtitles: ", report.streams(StreamHeader.Kind.SUBTITLE));
        ignored(FindingCode.DATA_IGNORED, "data tracks: ", report.streams(StreamHeader.Kind.DATA));
    }

    private void ignored(FindingCode code, String what, List<StreamHeader> streams) {
        if (!streams.isEmpty()) {
            add(code, what + Sentences.streams(streams), "left out");
        }
    }

    private void times(MediaInfo media) {
        if (media.start().abs().compareTo(OFFSET_FROM) >= 0) {
            add(
                    FindingCode.START_OFFSET_REMOVED,
                    "the file starts at " + Sentences.seconds(media.start()),
                    "the output starts at 0");
        }
        if (media.video().isEmpty() || media.mainAudio().isEmpty()) {
            return;
        }
        var video = media.video().get().scan();
        var audio = media.mainAudio().get().scan();
        Duration lead = audio.start().minus(video.start());
        if (lead.compareTo(LATE_FROM) > 0) {
            add(
                    FindingCode.AUDIO_LATE,
                    "the sound starts " + Sentences.seconds(lead) + " after the picture",
                    "silence is put before it");
        } else if (lead.negated().compareTo(LATE_FROM) > 0) {
            add(
                    FindingCode.VIDEO_LATE,
                    "the picture starts " + Sentences.seconds(lead.negated()) + " after the sound",
                    "its first frame is shown from the start");
        }
        Duration missing = video.end().minus(audio.end());
        if (missing.compareTo(SHORTER_FROM) > 0) {
            add(
                    FindingCode.AUDIO_SHORTER,
                    "the sound ends " + Sentences.seconds(missing) + " before the picture",
                    "silence until the picture ends");
        }
    }

    private void headerDuration(MediaInfo media) {
        Duration measured = lastEnd(media).minus(media.start());
        if (media.headerDuration().isEmpty()) {
            add(
                    FindingCode.HEADER_DURATION_MISSING,
                    "the header gives no duration",
                    "measured: " + Sentences.seconds(measured));
            return;
        }
        Duration claimed = media.headerDuration().get();
        Duration share = measured.dividedBy(50);
        Duration tolerance = share.compareTo(SHORTER_FROM) > 0 ? share : SHORTER_FROM;
        if (claimed.minus(measured).abs().compareTo(tolerance) > 0) {
            add(
                    FindingCode.HEADER_DURATION_WRONG,
                    "the header claims " + Sentences.seconds(claimed),
                    "the measured " + Sentences.seconds(measured) + " count");
        }
    }

    private static Duration lastEnd(MediaInfo media) {
        Duration video = media.video().map(v -> v.scan().end()).orElse(Duration.ZERO);
        Duration audio = media.mainAudio().map(a -> a.scan().end()).orElse(Duration.ZERO);
        return video.compareTo(audio) >= 0 ? video : audio;
    }

    private void add(FindingCode code, String observed, String fix) {
        findings.add(new Finding(code, observed, fix));
    }
}
