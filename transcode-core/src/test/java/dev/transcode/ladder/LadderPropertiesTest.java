package dev.transcode.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.SampleMedia;
import dev.transcode.media.Bitrate;
import dev.transcode.media.Resolution;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LadderPropertiesTest {
    @Property
    void aBitrateIsReadBackAsWritten(@ForAll @LongRange(min = 1, max = 1_000_000_000) long bits) {
        Bitrate bitrate = new Bitrate(bits);

        assertThat(Bitrate.parse(bitrate.toString())).isEqualTo(bitrate);
    }

    @Property
    void everySizeIsEvenAndNeverAboveTheSource(
            @ForAll @IntRange(min = 16, max = 4_320) int width,
            @ForAll @IntRange(min = 16, max = 4_320) int height,
            @ForAll @IntRange(min = 16, max = 4_320) int rung) {
        Resolution size = RungResolver.size(rung, new Resolution(width, height));

        assertThat(size.width() % 2 + size.height() % 2).isZero();
        assertThat(size.width()).isBetween(2, width);
        assertThat(size.height()).isBetween(2, height);
        assertThat(size.shorterSide()).isLessThanOrEqualTo(Math.max(2, rung));
    }

    @Property
    void theAspectIsKept(
            @ForAll @IntRange(min = 120, max = 4_320) int width,
            @ForAll @IntRange(min = 120, max = 4_320) int height,
            @ForAll @IntRange(min = 100, max = 2_160) int rung) {
        Resolution source = new Resolution(width, height);
        Resolution size = RungResolver.size(rung, source);

        double exactLonger = (double) source.longerSide() * size.shorterSide() / source.shorterSide();
        // Each side is off by less than two pixels; the shorter side's error counts as often as it fits the longer.
        double tolerance = 2 + 2.0 * source.longerSide() / source.shorterSide();
        assertThat((double) size.longerSide()).isBetween(exactLonger - tolerance, exactLonger + tolerance);
    }

    @Property
    void everyRungCutsAtTheSameTimes(
            @ForAll @IntRange(min = 1, max = 120) int numerator,
            @ForAll @IntRange(min = 1, max = 4) int denominator,
            @ForAll @IntRange(min = 1, max = 60) int maxFps) {
        SampleMedia media = SampleMedia.of(1280, 720).rate(numerator + "/" + denominator, false);
        EncodeSettings settings =
                new EncodeSettings(VideoCodec.H264, Preset.MEDIUM, RateControl.BITRATE, 21, maxFps, 4);

        EncodePlan plan = EncodePlanner.plan(media.info(), Profile.WEB.ladder(), settings);

        for (Rendition rendition : plan.renditions()) {
            assertThat(rendition.frameRate().value()).isLessThanOrEqualTo(maxFps * 1.001);
            Duration gop = rendition.frameRate().durationOf(rendition.gopFrames());
            long gops = Math.round((double) plan.segmentDuration().toNanos() / gop.toNanos());
            assertThat(rendition.frameRate().durationOf(rendition.gopFrames() * gops))
                    .isCloseTo(plan.segmentDuration(), Duration.ofNanos(2));
        }
    }
}
