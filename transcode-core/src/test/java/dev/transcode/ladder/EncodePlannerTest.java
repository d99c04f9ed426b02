package dev.transcode.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import dev.transcode.media.FrameRate;
import dev.transcode.media.MediaInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodePlannerTest {
    private static final Ladder ROKU = Profile.ROKU_HLS.ladder();

    @Test
    void givesTheFullLadderTo1080p() {
        assertThat(text(plan(SampleMedia.of(1920, 1080).info()))).isEqualTo("""
                        750 frames at 25, 30.000 s in segments of 4.000 s
                        1080p 1920x1080 25 gop 50 h264 medium bitrate 8M max 12M buffer 16000000 audio 192k
                        720p 1280x720 25 gop 50 h264 medium bitrate 4M max 6M buffer 8000000 audio 128k
                        480p 854x480 25 gop 50 h264 medium bitrate 2M max 3M buffer 4000000 audio 96k
                        360p 640x360 25 gop 50 h264 medium bitrate 800k max 1200k buffer 1600000 audio 64k
                        audio 192k 128k 96k 64k
                        outputs 1080p.mp4 720p.mp4 480p.mp4 360p.mp4 master.m3u8
                        findings""");
    }

    @Test
    void measuresRungsByTheShorterSideOfAnUprightPicture() {
        EncodePlan plan = plan(SampleMedia.of(1920, 1080).rotated(90).info());

        assertThat(sizes(plan)).isEqualTo("1080p=1080x1920 720p=720x1280 480p=480x854 360p=360x640");
    }

    @Test
    void dropsRungsAboveTheSource() {
        EncodePlan plan = plan(SampleMedia.of(1280, 720).info());

        assertThat(sizes(plan)).isEqualTo("720p=1280x720 480p=854x480 360p=640x360");
        assertThat(codes(plan)).containsExactly(FindingCode.RUNGS_DROPPED);
        assertThat(plan.findings().get(0).fix()).isEqualTo("not made, never above the source: 1080p");
        assertThat(plan.audio()).extracting(AudioRendition::name).containsExactly("128k", "96k", "64k");
    }

    @ParameterizedTest
    @CsvSource({
        "176, 144, 128, 117, 144p=192x144",
        "720, 576, 59, 54, 480p=656x480 360p=492x360",
        "720, 405, 1, 1, 360p=640x360",
        "314, 273, 1, 1, 272p=314x272",
        "853, 480, 1, 1, 480p=852x480 360p=640x360",
        "1920, 800, 1, 1, 720p=1728x720 480p=1152x480 360p=864x360"
    })
    void makesEvenSquareSizesNeverAboveTheSource(int width, int height, int sarWidth, int sarHeight, String sizes) {
        EncodePlan plan =
                plan(SampleMedia.of(width, height).aspect(sarWidth, sarHeight).info());

        assertThat(sizes(plan)).isEqualTo(sizes);
    }

    @Test
    void makesOneRenditionOfASourceBelowTheLadder() {
        EncodePlan plan = plan(SampleMedia.of(256, 144).info());

        assertThat(text(plan)).contains("144p 256x144 25 gop 50 h264 medium bitrate 800k");
        assertThat(codes(plan)).containsExactly(FindingCode.SOURCE_BELOW_LADDER);
        assertThat(plan.outputs()).extracting(PlannedOutput::file).containsExactly("144p.mp4", "master.m3u8");
    }

    @ParameterizedTest
    @CsvSource({
        "24000/1001, false, 24000/1001, 48, 4004000000",
        "30000/1001, false, 30000/1001, 60, 4004000000",
        "25, false, 25, 50, 4000000000",
        "60, false, 60, 120, 4000000000",
        "179/6, false, 179/6, 60, 4022346369",
        "120, false, 60, 120, 4000000000",
        "10505/1000, true, 12, 24, 4000000000",
        "2398/100, true, 24000/1001, 48, 4004000000",
        "30000000/1001001, false, 2997/100, 60, 4004004004",
        "1, false, 1, 2, 4000000000",
        "1/3, false, 1/3, 1, 6000000000"
    })
    void countsTheGridInFrames(String source, boolean variable, String rate, int gop, long segmentNanos) {
        EncodePlan plan = plan(SampleMedia.of(640, 360).rate(source, variable).info());

        assertThat(plan.video().orElseThrow().frameRate()).isEqualTo(FrameRate.parse(rate));
        assertThat(plan.renditions().get(0).gopFrames()).isEqualTo(gop);
        assertThat(plan.segmentDuration()).isEqualTo(Duration.ofNanos(segmentNanos));
    }

    @Test
    void keepsTheGridEqualWhereARungHasAFrameRateOfItsOwn() {
        Ladder ladder = new Ladder(
                List.of(LadderText.parseRung("720p:4M:128k"), withMaxFps(LadderText.parseRung("360p:800k:64k"), 30)));

        EncodePlan plan = EncodePlanner.plan(
                SampleMedia.of(1280, 720).rate("60000/1001", false).info(), ladder, EncodeSettings.DEFAULT);

        Rendition fast = plan.renditions().get(0);
        Rendition slow = plan.renditions().get(1);
        assertThat(slow.frameRate()).isEqualTo(new FrameRate(30_000, 1_001));
        assertThat(slow.frameRate().durationOf(slow.gopFrames()))
                .isEqualTo(fast.frameRate().durationOf(fast.gopFrames()));
    }

    @Test
    void takesTheOffsetOffAndDelaysTheLaterTrack() {
        EncodePlan plan = plan(SampleMedia.of(640, 360)
                .videoFrom(1_480, 11_480)
                .audioFrom(1_400, 11_400)
                .info());

        assertThat(plan.start()).isEqualTo(Duration.ofMillis(1_400));
        VideoInput video = plan.video().orElseThrow();
        assertThat(video.delay()).isEqualTo(Duration.ofMillis(80));
        assertThat(video.hold()).isZero();
        assertThat(video.frames()).isEqualTo(252);
        assertThat(plan.duration()).isEqualTo(Duration.ofMillis(10_080));
    }

    @Test
    void holdsTheLastFrameUnderLongerSound() {
        EncodePlan plan = plan(SampleMedia.of(640, 360).audioFrom(0, 32_000).info());

        assertThat(plan.video().orElseThrow().hold()).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(32));
        assertThat(codes(plan)).contains(FindingCode.AUDIO_LONGER);
    }

    @Test
    void cutsSlightlyLongerSound() {
        EncodePlan plan = plan(SampleMedia.of(640, 360).audioFrom(0, 30_500).info());

        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void makesNoSoundWhereThereIsNone() {
        EncodePlan plan = plan(SampleMedia.of(640, 360).silent().info());

        assertThat(plan.audio()).isEmpty();
        assertThat(plan.renditions()).allMatch(rendition -> rendition.audio().isEmpty());
    }

    @Test
    void listsAudioAndPlaylistForSoundAlone() {
        EncodePlan plan = plan(SampleMedia.of(640, 360).audioOnly());

        assertThat(text(plan)).isEqualTo("""
                        30.000 s in segments of 4.000 s
                        audio 192k
                        outputs audio.mp4 master.m3u8
                        findings""");
    }

    /** At 50 frames a second: every rung's GOP is a whole number of its frames, and takes as long as all others'. */
    @ParameterizedTest
    @CsvSource({"50, 50, 100 100 100", "25, 25, 100 50 50", "25, 17, 102 51 34", "17, 13, 96 32 24"})
    void makesGopsThatFitEveryRungsOwnRate(int second, int third, String gops) {
        Ladder ladder = new Ladder(List.of(
                LadderText.parseRung("720p:4M:128k"),
                withMaxFps(LadderText.parseRung("480p:2M:96k"), second),
                withMaxFps(LadderText.parseRung("360p:800k:64k"), third)));

        EncodePlan plan =
                EncodePlanner.plan(SampleMedia.of(1280, 720).rate("50", false).info(), ladder, EncodeSettings.DEFAULT);

        assertThat(plan.renditions().stream()
                        .map(rendition -> Integer.toString(rendition.gopFrames()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(gops);
    }

    @Test
    void lengthensSegmentsOfVeryLongFilms() {
        EncodePlan plan = plan(SampleMedia.of(640, 360)
                .videoFrom(0, Duration.ofHours(8).toMillis())
                .audioFrom(0, Duration.ofHours(8).toMillis())
                .info());

        assertThat(plan.segmentDuration()).isEqualTo(Duration.ofSeconds(8));
        assertThat(codes(plan)).contains(FindingCode.SEGMENT_LENGTHENED);
    }

    @Test
    void saysWhatRokuMayNotPlay() {
        Ladder ladder = LadderText.parse("2160p:40M:192k");

        EncodePlan plan = EncodePlanner.plan(SampleMedia.of(3840, 2160).info(), ladder, EncodeSettings.DEFAULT);

        assertThat(codes(plan)).containsExactly(FindingCode.LEVEL_ABOVE_ROKU, FindingCode.SEGMENT_ABOVE_ROKU);
    }

    @Test
    void capsTheFrameRateByAWholeDivisor() {
        EncodePlan plan = plan(SampleMedia.of(640, 360).rate("90", false).info());

        assertThat(plan.video().orElseThrow().frameRate()).isEqualTo(FrameRate.of(45));
        assertThat(codes(plan)).contains(FindingCode.FRAME_RATE_CAPPED);
    }

    private static EncodePlan plan(MediaInfo media) {
        return EncodePlanner.plan(media, ROKU, EncodeSettings.DEFAULT);
    }

    private static Rung withMaxFps(Rung rung, int maxFps) {
        return new Rung(
                rung.name(),
                rung.height(),
                rung.bitrate(),
                rung.audioBitrate(),
                rung.codec(),
                rung.preset(),
                rung.crf(),
                OptionalInt.of(maxFps));
    }

    private static String sizes(EncodePlan plan) {
        return plan.renditions().stream()
                .map(rendition -> rendition.name() + "=" + rendition.size())
                .collect(Collectors.joining(" "));
    }

    private static List<FindingCode> codes(EncodePlan plan) {
        return plan.findings().stream().map(Finding::code).toList();
    }

    private static String text(EncodePlan plan) {
        StringBuilder text = new StringBuilder();
        plan.video().ifPresent(video -> text.append(video.frames() + " frames at " + video.frameRate() + ", "));
        text.append(String.format(
                Locale.ROOT,
                "%.3f s in segments of %.3f s%n",
                plan.duration().toNanos() / 1e9,
                plan.segmentDuration().toNanos() / 1e9));
        for (Rendition r : plan.renditions()) {
            text.append(r.name() + " " + r.size() + " " + r.frameRate() + " gop " + r.gopFrames() + " "
                    + r.codec().wire() + " " + r.preset().wire() + " "
                    + r.rateControl().wire() + " " + r.bitrate()
                    + " max " + r.maxRate() + " buffer " + r.bufferBits() + " audio "
                    + r.audio().orElse("none") + "\n");
        }
        text.append("audio");
        plan.audio().forEach(audio -> text.append(' ').append(audio.name()));
        text.append("\noutputs");
        plan.outputs().forEach(output -> text.append(' ').append(output.file()));
        text.append("\nfindings");
        plan.findings().forEach(finding -> text.append("\n").append(finding));
        return text.toString();
    }
}
