package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.job.LadderJson;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterGraphTest {
    @ParameterizedTest
    @CsvSource({"TOP_FIRST, tff", "BOTTOM_FIRST, bff"})
    void deinterlacesBeforeAnythingElse(FieldOrder order, String parity) {
        assertThat(video(SampleMedia.of(720, 576).interlaced(order)))
                .startsWith("[0:0]bwdif=mode=send_frame:parity=" + parity + ":deint=all,");
    }

    @ParameterizedTest
    @CsvSource({"PROGRESSIVE", "UNKNOWN"})
    void leavesWholeFramesAlone(FieldOrder order) {
        assertThat(video(SampleMedia.of(720, 576).interlaced(order))).doesNotContain("bwdif");
    }

    /** Picture from 1.5 s to 9.5 s, sound from 1.2 s to 12 s: 10.8 s, the last 2.5 s of it held. */
    @Test
    void takesTheStartOffBothAndHoldsTheLastFrame() {
        SampleMedia media = SampleMedia.of(640, 360).videoFrom(1_500, 9_500).audioFrom(1_200, 12_000);

        assertThat(video(media))
                .contains("setpts=PTS-(1.2)/TB,fps=25:start_time=0"
                        + ",tpad=stop_mode=clone:stop_duration=3,trim=end_frame=270,");
        assertThat(FilterGraph.audio(plan(media)))
                .startsWith("[0:1]asetpts=PTS-(1.2)/TB,aresample=async=1:first_pts=0,")
                .contains(",apad,atrim=end=10.8,");
    }

    @Test
    void aStartBeforeZeroIsTakenOffToo() {
        SampleMedia media = SampleMedia.of(640, 360).audioFrom(-21, 30_000);

        assertThat(video(media)).contains("setpts=PTS-(-0.021)/TB,");
    }

    @Test
    void aRungOfItsOwnRateTakesEverySecondFrame() {
        EncodePlan plan = EncodePlanner.plan(
                SampleMedia.of(1280, 720).rate("60000/1001", false).info(),
                LadderJson.parse("""
                        [{"name": "a", "height": 720, "bitrate": "4M", "audio_bitrate": "128k"},
                         {"name": "b", "height": 360, "bitrate": "1M", "audio_bitrate": "128k", "max_fps": 30}]"""),
                EncodeSettings.DEFAULT);

        assertThat(FilterGraph.video(plan, plan.video().orElseThrow()))
                .contains("fps=60000/1001:", "[sv0]scale=1280:720,", "[sv1]framestep=2,scale=640:360,");
    }

    @Test
    void linearLightIsMadeOnceAtTheSizeOfTheLargestRendition() {
        SampleMedia hdr =
                SampleMedia.of(3840, 2160).color("yuv420p10le", new Color("tv", "bt2020nc", "bt2020", "smpte2084"));

        assertThat(video(hdr))
                .containsOnlyOnce(",tonemap=")
                .contains("zscale=w=1280:h=720:tin=smpte2084:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=203,")
                .contains("format=yuv420p,split=2[sv0][sv1]");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT0.5S", "PT10S, PT0.5S", "PT25S, PT0.5S", "PT1M40S, PT2S", "PT2H, PT2M24S"})
    void twoPercentMayBeMissingAndHalfASecondAtLeast(Duration duration, Duration tolerance) {
        assertThat(FilterGraph.tolerance(duration)).isEqualTo(tolerance);
    }

    private static String video(SampleMedia media) {
        EncodePlan plan = plan(media);
        return FilterGraph.video(plan, plan.video().orElseThrow());
    }

    private static EncodePlan plan(SampleMedia media) {
        return EncodePlanner.plan(media.info(), LadderText.parse("720p:4M:128k,360p:800k:64k"), EncodeSettings.DEFAULT);
    }
}
