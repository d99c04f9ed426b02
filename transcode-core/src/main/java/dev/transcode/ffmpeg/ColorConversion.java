package dev.transcode.ffmpeg;

import dev.transcode.media.Color;
import dev.transcode.media.Resolution;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * From the source's colours to 8-bit, limited range and standard dynamic range, and the tags that say so. Pure.
 *
 * <p>Every rendition carries the same tags, also where the source has none: players guess the matrix from the size of
 * the picture, so an untagged ladder would change its colours when the level changes.
 *
 * @param kind what has to be done
 * @param range of the source, {@code tv} or {@code pc}
 * @param transfer of the source
 * @param space matrix, primaries and transfer of the output
 */
record ColorConversion(Kind kind, String range, String transfer, Space space) {
    private static final Pattern RGB = Pattern.compile("(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|pal8).*");

    /** Ways from the source's colours to the output's. */
    enum Kind {
        /** PQ or HLG in BT.2020. */
        TONE_MAP,
        /** Standard range in BT.2020. */
        GAMUT_MAP,
        FROM_RGB,
        NONE
    }

    static ColorConversion of(Color source, String pixelFormat, Resolution size) {
        String range = source.isFullRange() ? "pc" : "tv";
        if (source.isHdr()) {
            return new ColorConversion(Kind.TONE_MAP, range, source.transfer(), Space.BT709);
        }
        if (source.primaries().equals("bt2020")) {
            return new ColorConversion(Kind.GAMUT_MAP, range, "bt2020-10", Space.BT709);
        }
        if (RGB.matcher(pixelFormat).matches()) {
            return new ColorConversion(Kind.FROM_RGB, "pc", source.transfer(), Space.BT709);
        }
        return new ColorConversion(Kind.NONE, range, source.transfer(), Space.of(source, size));
    }

    /** What is done once, before the split, at the size of the largest rendition: linear light is expensive. */
    List<String> filtersAt(Resolution largest) {
        String input = "zscale=w=" + largest.width() + ":h=" + largest.height() + ":tin=" + transfer
                + ":min=bt2020nc:pin=bt2020:rin=" + range;
        return switch (kind) {
            // 203 cd/m2 is the white of graphics in HDR (ITU-R BT.2408).
            case TONE_MAP ->
                List.of(
                        input + ":t=linear:npl=203",
                        "format=gbrpf32le",
                        "zscale=p=bt709",
                        "tonemap=tonemap=hable:desat=0",
                        "zscale=t=bt709:m=bt709:r=tv",
                        "format=yuv420p");
            case GAMUT_MAP -> List.of(input + ":m=bt709:p=bt709:t=bt709:r=tv", "format=yuv420p");
            case FROM_RGB, NONE -> List.of();
        };
    }

    /** Added to each rendition's scale filter. */
    String scaleOptions() {
        return switch (kind) {
            case TONE_MAP, GAMUT_MAP -> "";
            case FROM_RGB -> ":out_color_matrix=bt709:out_range=tv";
            case NONE -> range.equals("pc") ? ":out_range=tv" : "";
        };
    }

    /** Tags without converting. */
    String tags() {
        return "setparams=range=tv:colorspace=" + space.matrix + ":color_primaries=" + space.primaries + ":color_trc="
                + space.transfer;
    }

    /** The three kinds of standard-range video. */
    enum Space {
        BT709("bt709", "bt709", "bt709"),
        /** 525 lines. */
        SMPTE170M("smpte170m", "smpte170m", "smpte170m"),
        /** 625 lines; its transfer is that of 525 lines (ITU-R BT.601). */
        BT470BG("bt470bg", "bt470bg", "smpte170m");

        private static final Map<String, Space> BY_MATRIX =
                Map.of("bt709", BT709, "smpte170m", SMPTE170M, "bt470bg", BT470BG, "fcc", SMPTE170M);

        private final String matrix;
        private final String primaries;
        private final String transfer;

        Space(String matrix, String primaries, String transfer) {
            this.matrix = matrix;
            this.primaries = primaries;
            this.transfer = transfer;
        }

        /** By the source's matrix; where it says none, by what its size suggests to every player. */
        static Space of(Color source, Resolution size) {
            Space tagged = BY_MATRIX.get(source.space());
            if (tagged != null) {
                return tagged;
            }
            if (size.shorterSide() >= 720 || size.longerSide() >= 1280) {
                return BT709;
            }
            return size.shorterSide() == 576 || size.shorterSide() == 288 ? BT470BG : SMPTE170M;
        }
    }
}
