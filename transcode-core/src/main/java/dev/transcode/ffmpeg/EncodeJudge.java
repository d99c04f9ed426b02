package dev.transcode.ffmpeg;

import static dev.transcode.job.FailureCode.DECODE_ERRORS;
import static dev.transcode.job.FailureCode.DISK_FULL;
import static dev.transcode.job.FailureCode.ENCODE_FAILED;
import static dev.transcode.job.FailureCode.FFMPEG_KILLED;
import static dev.transcode.job.FailureCode.TRUNCATED_INPUT;

import dev.transcode.job.Failure;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.VideoInput;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import dev.transcode.media.FrameRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether an encode was one. FFmpeg exits 0 on a file cut in half, on no frames at all and on encrypted garbage, so its
 * exit code is only the beginning. Pure.
 */
final class EncodeJudge {
    /** More of a stream's packets undecodable than this: the job fails. */
    private static final double MAX_ERRORS = 0.02;

    /** More frames patched up than this: the job fails. */
    private static final double MAX_CONCEALED = 0.10;

    private EncodeJudge() {}

    /** What FFmpeg's exit says; empty if it ended well. */
    static Optional<Failure> ofExit(ToolExit exit, EncodeLog log) {
        if (exit.isSuccess()) {
            return Optional.empty();
        }
        List<String> complaints = log.complaints();
        String words = String.join(" | ", complaints.subList(Math.max(0, complaints.size() - 3), complaints.size()));
        String message = "cannot encode: ffmpeg " + exit.describe() + (words.isEmpty() ? "" : ": " + words);
        if (complaints.stream().anyMatch(line -> line.contains("No space left on device"))) {
            return Optional.of(Failure.of(DISK_FULL, message));
        }
        if (exit.signal().equals(OptionalInt.of(ToolExit.KILL))) {
            return Optional.of(Failure.of(FFMPEG_KILLED, message));
        }
        return Optional.of(Failure.of(ENCODE_FAILED, message));
    }

    /**
     * What the decoder's own account says; empty if enough was decoded.
     *
     * @param encodedFrames frames of the first rendition
     */
    static Optional<Failure> ofDecoding(EncodePlan plan, EncodeLog log, long encodedFrames) {
        if (plan.video().isPresent()) {
            VideoInput input = plan.video().get();
            Optional<Failure> failure = ofStream("video", log.decoded(input.streamIndex()), log.concealedFrames());
            return failure.isPresent() ? failure : ofLength(plan, input, encodedFrames);
        }
        AudioRendition audio = plan.audio().get(0);
        return ofStream("audio", log.decoded(audio.streamIndex()), 0);
    }

    private static Optional<Failure> ofStream(String kind, EncodeLog.Decoded decoded, long concealed) {
        if (decoded.frames() == 0) {
            return Optional.of(Failure.of(
                    DECODE_ERRORS,
                    "cannot decode the " + kind + ": no frame came out of " + decoded.packets() + " packets"));
        }
        if (decoded.errors() > decoded.packets() * MAX_ERRORS) {
            return Optional.of(Failure.of(
                    DECODE_ERRORS,
                    "cannot decode the " + kind + ": " + decoded.errors() + " of " + decoded.packets()
                            + " packets are damaged"));
        }
        if (concealed > decoded.frames() * MAX_CONCEALED) {
            return Optional.of(Failure.of(
                    DECODE_ERRORS,
                    "cannot decode the " + kind + ": " + concealed + " of " + decoded.frames()
                            + " frames are damaged"));
        }
        return Optional.empty();
    }

    /** The filters repeat the last frame as far as a missing end is tolerated; what is missing after that is lost. */
    private static Optional<Failure> ofLength(EncodePlan plan, VideoInput input, long encodedFrames) {
        FrameRate rate = plan.renditions().get(0).frameRate();
        long step = Math.round(input.frameRate().value() / rate.value());
        long expected = (input.frames() + step - 1) / step;
        if (encodedFrames >= expected) {
            return Optional.empty();
        }
        return Optional.of(Failure.of(
                TRUNCATED_INPUT,
                String.format(
                        Locale.ROOT,
                        "cannot encode the whole video: %.2f s of %.2f s could be decoded",
                        rate.durationOf(encodedFrames).toNanos() / 1e9,
                        plan.duration().toNanos() / 1e9)));
    }

    /** What a successful encode still has to tell. */
    static List<Finding> findings(EncodePlan plan, EncodeLog log) {
        List<Finding> findings = new ArrayList<>();
        long errors = errors(plan, log);
        if (errors + log.concealedFrames() > 0) {
            findings.add(new Finding(
                    FindingCode.DECODE_ERRORS,
                    errors + " packets could not be decoded, " + log.concealedFrames() + " frames were damaged",
                    "the decoder covered what was missing"));
        }
        plan.video().ifPresent(input -> {
            long missing = input.frames() - input.frameRate().framesIn(input.hold()) - log.sourceFrames();
            if (log.sourceFrames() > 0 && missing > 1) {
                findings.add(new Finding(
                        FindingCode.TRUNCATED,
                        "the last " + missing + " frames could not be decoded",
                        "the last good frame is held"));
            }
        });
        return findings;
    }

    /** Packets of the streams used that could not be decoded. */
    static long errors(EncodePlan plan, EncodeLog log) {
        long errors = plan.video()
                .map(input -> log.decoded(input.streamIndex()).errors())
                .orElse(0L);
        return plan.audio().isEmpty()
                ? errors
                : errors + log.decoded(plan.audio().get(0).streamIndex()).errors();
    }
}
