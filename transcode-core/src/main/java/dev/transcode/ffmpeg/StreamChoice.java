package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a file's tracks are used, and which are not.
 *
 * <p>The picture is the first video track that is a moving picture, can be decoded and holds packets; size does not
 * matter (ffmpeg itself would take the largest). The sound is every audio track that can be decoded and holds packets;
 * the first of them is encoded. Nothing else is used.
 *
 * @param video null for audio only
 * @param audio in the file's order
 * @param stills cover art and other single pictures
 * @param otherVideo video tracks not used
 * @param undecodableAudio audio tracks that hold packets but have no decoder
 */
record StreamChoice(
        @Nullable TrackScanner video,
        List<TrackScanner> audio,
        List<StreamHeader> stills,
        List<StreamHeader> otherVideo,
        List<StreamHeader> undecodableAudio) {
    /** Codecs of photographs: a track of one such packet is a picture of the sound, whatever its flags say. */
    private static final Set<String> PHOTOGRAPHS = Set.of("mjpeg", "png", "bmp", "gif", "tiff", "webp");

    StreamChoice {
        audio = List.copyOf(audio);
        stills = List.copyOf(stills);
        otherVideo = List.copyOf(otherVideo);
        undecodableAudio = List.copyOf(undecodableAudio);
    }

    /**
     * Chooses among the tracks of {@code report} by what {@code scan} found in them.
     *
     * @throws TranscodeException {@code no_video} if there is neither picture nor sound, {@code unsupported_format} if
     *     there is a picture, or nothing but sound, that cannot be decoded
     */
    static StreamChoice of(ProbeReport report, PacketScan scan) {
        List<TrackScanner> audio = new ArrayList<>();
        List<StreamHeader> undecodable = new ArrayList<>();
        for (StreamHeader stream : report.streams(StreamHeader.Kind.AUDIO)) {
            TrackScanner track = scan.track(stream.index());
            if (track != null && track.packets() > 0) {
                if (stream.isDecodable() && !track.isEncrypted()) {
                    audio.add(track);
                } else {
                    undecodable.add(stream);
                }
            }
        }
        TrackScanner video = null;
        List<StreamHeader> stills = new ArrayList<>();
        List<StreamHeader> others = new ArrayList<>();
        for (StreamHeader stream : report.streams(StreamHeader.Kind.VIDEO)) {
            TrackScanner track = scan.track(stream.index());
            if (track == null || isPhotograph(track, !audio.isEmpty())) {
                stills.add(stream);
            } else if (video == null && stream.isDecodable() && track.packets() > 0) {
                video = track;
            } else {
                others.add(stream);
            }
        }
        StreamChoice choice = new StreamChoice(video, audio, stills, others, undecodable);
        choice.check(scan);
        return choice;
    }

    private static boolean isPhotograph(TrackScanner track, boolean hasAudio) {
        return hasAudio
                && track.packets() == 1
                && PHOTOGRAPHS.contains(track.header().codec());
    }

    private void check(PacketScan scan) {
        if (video != null) {
            if (video.isEncrypted()) {
                throw unsupported(video.header().describe() + " is encrypted (DRM)");
            }
            return;
        }
        for (StreamHeader other : otherVideo) {
            TrackScanner track = scan.track(other.index());
            if (track != null && track.packets() > 0) {
                throw unsupported("this FFmpeg has no decoder for the picture, " + other.describe());
            }
        }
        if (!audio.isEmpty()) {
            return;
        }
        if (!undecodableAudio.isEmpty()) {
            throw unsupported("this FFmpeg cannot decode the sound, "
                    + undecodableAudio.get(0).describe());
        }
        throw new TranscodeException(
                FailureCode.NO_VIDEO, "cannot use the file: it holds neither a moving picture nor sound");
    }

    private static TranscodeException unsupported(String reason) {
        return new TranscodeException(FailureCode.UNSUPPORTED_FORMAT, "cannot decode the file: " + reason);
    }
}
