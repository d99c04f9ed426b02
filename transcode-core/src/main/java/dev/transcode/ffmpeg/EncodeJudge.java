package dev.transcode.ffmpeg;

import static dev.transcode.job.FailureCode.DECODE_ERRORS;
import static dev.transcode.job.FailureCode.DISK_FULL;
import static dev.transcode.job.FailureCode.ENCODE_FAILED;
import static dev.transcode.job.FailureCode.FFMPEG_KILLED;
import static dev.transcode.job.FailureCode.TRUNCATED_INPUT;
import static dev.transcode.job.FailureCode.UNSUPPORTED_FORMAT;

import dev.transcode.internal.Count;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
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

    /** So many never fail it: a recording may begin or end in the middle of a packet. */
    private static final long HARMLESS_ERRORS = 2;

    /** More frames patched up than this: the job fails. */
    private static final double MAX_DAMAGED = 0.10;

    /** FFmpeg's own exit code for more than two thirds of undecodable packets (ffmpeg.h). */
    private static final int ERROR_RATE_EXCEEDED = 69;

    private static final int LAST_WORDS = 3;

    private EncodeJudge() {}

    /**
     * Why an encode failed; empty if it did not.
     *
     * @param encodedFrames frames of the first rendition
     */
    static Optional<Failure> ofEncode(EncodePlan plan, ToolExit exit, EncodeLog log, long encodedFrames) {
        if (exit.isSuccess()) {
            return ofStreams(plan, log).or(() -> plan.video().flatMap(input -> ofLength(plan, input, encodedFrames)));
        }
        Failure failure = ofExit("cannot encode", exit, log).orElseThrow();
        if (failure.code() != ENCODE_FAILED && failure.code() != DECODE_ERRORS) {
            return Optional.of(failure);
        }
        // FFmpeg fails in many words over a stream it cannot decode; its account of what it read tells it plainly.
        if (log.hasRead()) {
            return ofStreams(plan, log).or(() -> Optional.of(failure));
        }
        return Optional.of(
                log.refusedPackets() > HARMLESS_ERRORS ? Failure.of(DECODE_ERRORS, failure.message()) : failure);
    }

    /**
     * What FFmpeg's exit says; empty if it ended well.
     *
     * @param what the beginning of the message, e.g. {@code cannot encode}
     */
    static Optional<Failure> ofExit(String what, ToolExit exit, EncodeLog log) {
        if (exit.isSuccess()) {
            return Optional.empty();
        }
        List<String> complaints = log.complaints();
        String words = complaints.isEmpty()
                ? exit.lastWords(LAST_WORDS)
                : String.join(
                        " | ", complaints.subList(Math.max(0, complaints.size() - LAST_WORDS), complaints.size()));
        String message = what + ": ffmpeg " + exit.describe() + (words.isEmpty() ? "" : ": " + words);
        if (log.soundChanged()) {
            return Optional.of(new Failure(
                    UNSUPPORTED_FORMAT,
                    what + ": the sound changes its sample rate or channels midway: ffmpeg " + exit.describe(),
                    "Convert the sound to one format throughout, then submit the file again."));
        }
        return Optional.of(Failure.of(codeOf(exit, words, complaints), message));
    }

    private static FailureCode codeOf(ToolExit exit, String words, List<String> complaints) {
        if (words.contains("No space left on device")
                || complaints.stream().anyMatch(line -> line.contains("No space left on device"))) {
            return DISK_FULL;
        }
        if (exit.signal().equals(OptionalInt.of(ToolExit.KILL))) {
            return FFMPEG_KILLED;
        }
        return exit.code() == ERROR_RATE_EXCEEDED ? DECODE_ERRORS : ENCODE_FAILED;
    }

    /** What the decoders' own account says; empty if enough was decoded. */
    private static Optional<Failure> ofStreams(EncodePlan plan, EncodeLog log) {
        Optional<Failure> ofVideo =
                plan.video().flatMap(input -> ofStream("video", log.decoded(input.streamIndex()), log.damagedFrames()));
        if (ofVideo.isPresent() || plan.audio().isEmpty()) {
            return ofVideo;
        }
        return ofStream("audio", log.decoded(plan.audio().get(0).streamIndex()), 0);
    }

    private static Optional<Failure> ofStream(String kind, EncodeLog.Decoded decoded, long damaged) {
        String what = "cannot decode the " + kind + ": ";
        if (decoded.frames() == 0) {
            return Optional.of(
                    Failure.of(DECODE_ERRORS, what + "no frame came out of " + Count.of(decoded.packets(), "packet")));
        }
        if (decoded.errors() > Math.max(HARMLESS_ERRORS, decoded.packets() * MAX_ERRORS)) {
            return Optional.of(Failure.of(
                    DECODE_ERRORS,
                    what + decoded.errors() + " of " + Count.of(decoded.packets(), "packet") + " damaged"));
        }
        if (damaged > decoded.frames() * MAX_DAMAGED) {
            return Optional.of(Failure.of(
                    DECODE_ERRORS, what + damaged + " of " + Count.of(decoded.frames(), "frame") + " damaged"));
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
        if (errors + log.damagedFrames() > 0) {
            findings.add(new Finding(
                    FindingCode.DECODE_ERRORS,
                    "packets that could not be decoded: " + errors + ", damaged frames: " + log.damagedFrames(),
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
