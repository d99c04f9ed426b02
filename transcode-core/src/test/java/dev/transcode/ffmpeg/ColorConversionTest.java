package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.media.Color;
import dev.transcode.media.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorConversionTest {
    private static final Resolution HD = new Resolution(1280, 720);

    @ParameterizedTest
    @CsvSource({
        "yuv420p, tv, bt709, bt709, bt709, NONE",
        "yuvj420p, pc, unknown, unknown, unknown, NONE",
        "yuv420p10le, tv, bt2020nc, bt2020, smpte2084, TONE_MAP",
        "yuv420p10le, tv, bt2020nc, bt2020, arib-std-b67, TONE_MAP",
        "yuv420p10le, tv, bt2020nc, bt2020, bt2020-10, GAMUT_MAP",
        "yuv420p10le, tv, bt2020nc, unknown, unknown, GAMUT_MAP",
        "gbrp, pc, gbr, bt709, iec61966-2-1, FROM_RGB",
        "bgra, unknown, unknown, unknown, unknown, FROM_RGB",
        "pal8, unknown, unknown, unknown, unknown, FROM_RGB"
    })
    void theSourceDecidesWhatIsDone(
            String format, String range, String space, String primaries, String transfer, ColorConversion.Kind kind) {
        assertThat(ColorConversion.of(new Color(range, space, primaries, transfer), format, HD)
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        // what the source says is kept
        "bt709, bt709, bt709, 640, 360, bt709, bt709, bt709",
        "smpte170m, bt709, bt709, 640, 480, smpte170m, bt709, bt709",
        "smpte170m, bt470bg, bt709, 787, 576, smpte170m, bt470bg, bt709",
        "bt470bg, unknown, unknown, 1280, 720, bt470bg, bt470bg, smpte170m",
        "fcc, unknown, unknown, 640, 480, smpte170m, smpte170m, smpte170m",
        "bt709, film, log100, 640, 480, bt709, bt709, bt709",
        // else its size tells
        "unknown, unknown, unknown, 1280, 534, bt709, bt709, bt709",
        "unknown, unknown, unknown, 720, 1280, bt709, bt709, bt709",
        "unknown, unknown, unknown, 787, 576, bt470bg, bt470bg, smpte170m",
        "unknown, unknown, unknown, 640, 480, smpte170m, smpte170m, smpte170m"
    })
    void everyOutputIsTagged(
            String space, String primaries, String transfer, int width, int height, String m, String p, String t) {
        ColorConversion conversion = ColorConversion.of(
                new Color("tv", space, primaries, transfer), "yuv420p", new Resolution(width, height));

        assertThat(conversion.tagFilter())
                .isEqualTo("setparams=range=tv:colorspace=" + m + ":color_primaries=" + p + ":color_trc=" + t);
    }

    @Test
    void fullRangeIsScaledToLimited() {
        Color full = new Color("pc", "bt709", "bt709", "bt709");

        assertThat(ColorConversion.of(full, "yuvj420p", HD).scaleOptions()).isEqualTo(":out_range=tv");
        assertThat(ColorConversion.of(Color.UNSPECIFIED, "yuv420p", HD).scaleOptions())
                .isEmpty();
    }

    @Test
    void rgbBecomesLimitedBt709() {
        ColorConversion rgb = ColorConversion.of(Color.UNSPECIFIED, "bgra", new Resolution(314, 273));

        assertThat(rgb.scaleOptions()).isEqualTo(":out_color_matrix=bt709:out_range=tv");
        assertThat(rgb.tagFilter()).contains("colorspace=bt709");
    }

    @Test
    void hdrGoesThroughLinearLightToBt709() {
        Color hlg = new Color("tv", "bt2020nc", "bt2020", "arib-std-b67");

        assertThat(ColorConversion.of(hlg, "yuv420p10le", HD).filtersAt(HD))
                .containsExactly(
                        "zscale=w=1280:h=720:tin=arib-std-b67:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=203",
                        "format=gbrpf32le",
                        "zscale=p=bt709",
                        "tonemap=tonemap=reinhard:peak=4.926:desat=0",
                        "zscale=t=bt709:m=bt709:r=tv",
                        "format=yuv420p");
    }
}
