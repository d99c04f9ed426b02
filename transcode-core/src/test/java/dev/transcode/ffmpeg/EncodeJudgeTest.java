package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.LadderJson;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A film of 30 s, 750 frames, with sound; each test breaks one thing. */
class EncodeJudgeTest {
    private static final EncodePlan PLAN = plan(SampleMedia.of(1280, 720));

    private final EncodeLog log = new EncodeLog();

    @Test
    void aWholeFilmIsGood() {
        read(video(750, 750, 0), audio(1_400, 1_400, 0), fps(750));

        assertThat(EncodeJudge.ofEncode(PLAN, exit(0), log, 750)).isEmpty();
        assertThat(EncodeJudge.findings(PLAN, log)).isEmpty();
    }

    @Test
    void noFrameAtAllFails() {
        read(video(750, 0, 0), audio(1_400, 1_400, 0));

        assertFails(
                exit(0), 750, FailureCode.DECODE_ERRORS, "cannot decode the video: no frame came out of 750 packets");
    }

    @Test
    void noSoundAtAllFails() {
        read(video(750, 750, 0), audio(1_400, 0, 0));

        assertFails(
                exit(0), 750, FailureCode.DECODE_ERRORS, "cannot decode the audio: no frame came out of 1400 packets");
    }

    /** More than 2 % of the packets. */
    @ParameterizedTest
    @CsvSource({"15, false", "16, true"})
    void undecodablePacketsFailBeyondTwoPercent(int errors, boolean fails) {
        read(video(750, 750 - errors, errors), audio(1_400, 1_400, 0));

        assertThat(EncodeJudge.ofEncode(PLAN, exit(0), log, 750).isPresent()).isEqualTo(fails);
    }

    @ParameterizedTest
    @CsvSource({"28, false", "29, true"})
    void undecodableSoundFailsBeyondTwoPercent(int errors, boolean fails) {
        read(video(750, 750, 0), audio(1_400, 1_400 - errors, errors));

        assertThat(EncodeJudge.ofEncode(PLAN, exit(0), log, 750).isPresent()).isEqualTo(fails);
    }

    @Test
    void twoBadPacketsOfAShortClipAreHarmless() {
        read(video(20, 18, 2), audio(40, 40, 0));

        assertThat(EncodeJudge.ofEncode(PLAN, exit(0), log, 750)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"75, false", "76, true"})
    void patchedUpFramesFailBeyondTenPercent(int damaged, boolean fails) {
        read(video(750, 750, 0), audio(1_400, 1_400, 0));
        for (int i = 0; i < damaged; i++) {
            read("[h264 @ 0x1] [info] concealing 469 DC, 469 AC, 469 MV errors in P frame");
        }

        assertThat(EncodeJudge.ofEncode(PLAN, exit(0), log, 750).isPresent()).isEqualTo(fails);
    }

    @Test
    void aMissingEndBeyondWhatTheFiltersRepeatIsTruncated() {
        read(video(300, 300, 0), audio(600, 600, 0), fps(300));

        assertFails(
                exit(0),
                315,
                FailureCode.TRUNCATED_INPUT,
                "cannot encode the whole video: 12.60 s of 30.00 s could be decoded");
    }

    @Test
    void aFirstRungOfHalfTheRateHasHalfTheFrames() {
        EncodePlan half = EncodePlanner.plan(
                SampleMedia.of(1280, 720).rate("60", false).info(), LadderJson.parse("""
                        [{"name": "a", "height": 720, "bitrate": "4M", "audio_bitrate": "128k", "max_fps": 30},
                         {"name": "b", "height": 360, "bitrate": "1M", "audio_bitrate": "128k"}]"""), EncodeSettings.DEFAULT);
        read(video(1_800, 1_800, 0), audio(1_400, 1_400, 0), fps(1_800));

        assertThat(EncodeJudge.ofEncode(half, exit(0), log, 900)).isEmpty();
        assertThat(EncodeJudge.ofEncode(half, exit(0), log, 899)).isPresent();
    }

    @Test
    void soundAloneIsJudgedByItsSound() {
        EncodePlan sound = EncodePlanner.plan(
                SampleMedia.of(1280, 720).audioOnly(), LadderText.parse("720p:4M:128k"), EncodeSettings.DEFAULT);
        read(audio(1_400, 1_400, 0));
        assertThat(EncodeJudge.ofEncode(sound, exit(0), log, 0)).isEmpty();

        read(audio(1_400, 0, 1_400));
        assertThat(EncodeJudge.ofEncode(sound, exit(0), log, 0)).isPresent();
    }

    @Test
    void aSmallLossIsAFinding() {
        read(video(750, 740, 3), audio(1_400, 1_399, 1), fps(740));

        List<Finding> findings = EncodeJudge.findings(PLAN, log);

        assertThat(findings)
                .extracting(Finding::code)
                .containsExactly(FindingCode.DECODE_ERRORS, FindingCode.TRUNCATED);
        assertThat(findings.get(0).observed()).isEqualTo("packets that could not be decoded: 4, damaged frames: 0");
        assertThat(findings.get(1).observed()).isEqualTo("the last 10 frames could not be decoded");
    }

    /** The last frame is held for 2 s on purpose there. */
    @Test
    void aHeldFrameIsNoLoss() {
        EncodePlan held = plan(SampleMedia.of(1280, 720).videoFrom(0, 30_000).audioFrom(0, 32_000));
        read(video(750, 750, 0), audio(1_500, 1_500, 0), fps(750));

        assertThat(EncodeJudge.findings(held, log)).isEmpty();
        assertThat(EncodeJudge.ofEncode(held, exit(0), log, 800)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, encode_failed, ffmpeg exited 1",
        "234, encode_failed, ffmpeg exited 234",
        "69, decode_errors, ffmpeg exited 69",
        "137, ffmpeg_killed, ffmpeg was killed by signal 9 (KILL)",
        "139, encode_failed, ffmpeg was killed by signal 11 (SEGV)"
    })
    void anExitHasACodeAndFfmpegsLastWords(int exit, String code, String words) {
        read("[a @ 0x1] [error] first", "[b @ 0x1] [error] second", "[c @ 0x1] [error] third", "[fatal] fourth");

        Failure failure = EncodeJudge.ofEncode(PLAN, exit(exit), log, 0).orElseThrow();

        assertThat(failure.code().wire()).isEqualTo(code);
        assertThat(failure.message()).isEqualTo("cannot encode: " + words + ": second | third | fourth");
    }

    @Test
    void wordsWithoutALevelAreKeptToo() {
        Failure failure = EncodeJudge.ofExit("cannot write 720p.mp4", exit(1, "boom", "bang"), log)
                .orElseThrow();

        assertThat(failure.message()).isEqualTo("cannot write 720p.mp4: ffmpeg exited 1: boom | bang");
    }

    @Test
    void aFullDiskIsToldFromOtherFailures() {
        read("[hls @ 0x1] [error] Failed to open file '/w/v0/s00001.m4s.tmp': No space left on device");

        assertFails(exit(228), 0, FailureCode.DISK_FULL, "No space left on device");
    }

    @Test
    void aFailureOverAnUndecodableStreamIsTheStreamsFault() {
        read("[error] Cannot determine format of input stream 0:0 after EOF", video(750, 0, 750), audio(0, 0, 0));

        assertFails(exit(1), 0, FailureCode.DECODE_ERRORS, "no frame came out of 750 packets");
    }

    /** FFmpeg 5.1 gives up in the middle without an account, when garbage reaches its filters. */
    @Test
    void aFailureAfterRefusedPacketsIsTheStreamsFaultToo() {
        String refused = "[error] Error while decoding stream #0:0: Invalid data found when processing input";
        read(refused, refused, "[error] Error while filtering: Invalid argument");
        assertFails(exit(1), 0, FailureCode.ENCODE_FAILED, "Error while filtering");

        read("[vist#0:0/h264 @ 0x1] [dec:h264 @ 0x1] [error] Error submitting packet to decoder: Invalid data");
        assertFails(exit(1), 0, FailureCode.DECODE_ERRORS, "ffmpeg exited 1: ");
    }

    @Test
    void aSoundThatChangesItsFormatIsUnsupported() {
        read("[graph_1_in_0_1 @ 0x1] [error] Changing audio frame properties on the fly is not supported.");

        assertFails(exit(1), 0, FailureCode.UNSUPPORTED_FORMAT, "the sound changes its sample rate or channels midway");
    }

    private void assertFails(ToolExit exit, long frames, FailureCode code, String words) {
        Failure failure = EncodeJudge.ofEncode(PLAN, exit, log, frames).orElseThrow();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains(words);
    }

    private void read(String... lines) {
        List.of(lines).forEach(log::accept);
    }

    private static String video(int packets, int frames, int errors) {
        return stream(0, "video", packets, frames, errors);
    }

    private static String audio(int packets, int frames, int errors) {
        return stream(1, "audio", packets, frames, errors);
    }

    private static String stream(int index, String kind, int packets, int frames, int errors) {
        return "[in#0/mov @ 0x1] [verbose]   Input stream #0:" + index + " (" + kind + "): " + packets
                + " packets read (9 bytes); " + frames + " frames decoded; " + errors + " decode errors; ";
    }

    private static String fps(int frames) {
        return "[Parsed_fps_2 @ 0x1] [verbose] " + frames + " frames in, " + frames
                + " frames out; 0 frames dropped, 0 frames duplicated.";
    }

    private static ToolExit exit(int code, String... stderr) {
        return new ToolExit(code, List.of(stderr), Duration.ofSeconds(1));
    }

    private static EncodePlan plan(SampleMedia media) {
        return EncodePlanner.plan(media.info(), LadderText.parse("720p:4M:128k"), EncodeSettings.DEFAULT);
    }
}
