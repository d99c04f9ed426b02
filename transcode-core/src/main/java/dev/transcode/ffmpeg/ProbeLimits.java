package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Resolution;
import dev.transcode.media.VideoStream;
import java.time.Duration;
import java.util.Locale;

/** What is accepted from strangers: bounds on what a file may ask of the machine. */
final class ProbeLimits {
    static final Duration MAX_DURATION = Duration.ofHours(12);

    private static final int MIN_SIDE = 16;
    private static final int MAX_SIDE = 8192;
    private static final int MAX_ASPECT = 20;
    private static final double MAX_FRAME_RATE = 120.5;

    private ProbeLimits() {}

    /**
     * Checks what the header alone tells, before anything is scanned.
     *
     * @throws TranscodeException {@code limit_streams}, {@code limit_resolution}
     */
    static void checkHeader(ProbeReport report) {
        if (report.streams().size() > HardenedInput.MAX_STREAMS) {
            throw new TranscodeException(
                    FailureCode.LIMIT_STREAMS,
                    "cannot accept the file: it has " + report.streams().size() + " streams");
        }
        for (StreamHeader stream : report.streams(StreamHeader.Kind.VIDEO)) {
            VideoHeader video = stream.video();
            if (!stream.still() && video != null && video.width() > 0 && video.height() > 0) {
                checkSize(new Resolution(video.width(), video.height()), stream.describe());
                return; // the first real picture is the one that is used
            }
        }
    }

    /**
     * Checks what was measured.
     *
     * @throws TranscodeException {@code limit_duration}, {@code limit_aspect_ratio}, {@code limit_frame_rate},
     *     {@code limit_resolution}
     */
    static void check(MediaInfo media) {
        if (media.duration().compareTo(MAX_DURATION) > 0) {
            throw new TranscodeException(
                    FailureCode.LIMIT_DURATION,
                    "cannot accept the file: it is " + media.duration().toMinutes() + " minutes long");
        }
        if (media.video().isEmpty()) {
            return;
        }
        VideoStream video = media.video().get();
        checkSize(video.coded(), "the picture");
        Resolution shown = video.displaySize();
        if (shown.longerSide() > (long) MAX_ASPECT * shown.shorterSide()) {
            throw new TranscodeException(
                    FailureCode.LIMIT_ASPECT_RATIO, "cannot accept the file: its picture is shown at " + shown);
        }
        if (video.frameRate().value() > MAX_FRAME_RATE) {
            throw new TranscodeException(
                    FailureCode.LIMIT_FRAME_RATE,
                    String.format(
                            Locale.ROOT,
                            "cannot accept the file: it has %.2f frames a second",
                            video.frameRate().value()));
        }
    }

    private static void checkSize(Resolution size, String what) {
        boolean sides = size.shorterSide() >= MIN_SIDE && size.longerSide() <= MAX_SIDE;
        if (!sides || size.pixels() > HardenedInput.MAX_PIXELS) {
            throw new TranscodeException(
                    FailureCode.LIMIT_RESOLUTION,
                    "cannot accept the file: " + what + " is " + size + " pixels"
                            + (sides ? ", more than 35 million in all" : ""));
        }
    }
}
