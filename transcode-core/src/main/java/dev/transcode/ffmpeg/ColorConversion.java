package dev.transcode.ffmpeg;

import dev.transcode.media.Color;
import dev.transcode.media.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param tags of the output
 */
record ColorConversion(Kind kind, String range, String transfer, Tags tags) {
    private static final Pattern RGB = Pattern.compile("(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|pal8).*");

    /**
     * HDR's light comes in as multiples of 203 cd/m2, the white of graphics (ITU-R BT.2408), up to 1,000 cd/m2. Of
     * FFmpeg's curves reinhard keeps the middle of SDR: an 18 % grey of 26 cd/m2 comes out at 35 %, by hable at 21 %.
     */
    private static final String TONE_MAP = "tonemap=tonemap=reinhard:peak=4.926:desat=0";

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
            return new ColorConversion(Kind.TONE_MAP, range, source.transfer(), Tags.BT709);
        }
        if (source.primaries().equals("bt2020") || source.space().startsWith("bt2020")) {
            return new ColorConversion(Kind.GAMUT_MAP, range, "bt2020-10", Tags.BT709);
        }
        if (RGB.matcher(pixelFormat).matches()) {
            return new ColorConversion(Kind.FROM_RGB, "pc", source.transfer(), Tags.BT709);
        }
        return new ColorConversion(Kind.NONE, range, source.transfer(), Tags.of(source, size));
    }

    /** What is done once, before the split, at the size of the largest rendition: linear light is expensive. */
    List<String> filtersAt(Resolution largest) {
        String input = "zscale=w=" + largest.width() + ":h=" + largest.height() + ":tin=" + transfer
                + ":min=bt2020nc:pin=bt2020:rin=" + range;
        return switch (kind) {
            case TONE_MAP ->
                List.of(
                        input + ":t=linear:npl=203",
                        "format=gbrpf32le",
                        "zscale=p=bt709",
                        TONE_MAP,
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

    /** The filter that sets the tags without converting. */
    String tagFilter() {
        return "setparams=range=tv:colorspace=" + tags.matrix + ":color_primaries=" + tags.primaries + ":color_trc="
                + tags.transfer;
    }

    /** What the output says of its colours, in FFmpeg's words. */
    record Tags(String matrix, String primaries, String transfer) {
        static final Tags BT709 = new Tags("bt709", "bt709", "bt709");

        /** 525 lines. */
        static final Tags SMPTE170M = new Tags("smpte170m", "smpte170m", "smpte170m");

        /** 625 lines; their transfer is that of 525 lines (ITU-R BT.601). */
        static final Tags BT470BG = new Tags("bt470bg", "bt470bg", "smpte170m");

        private static final Map<String, Tags> BY_MATRIX =
                Map.of("bt709", BT709, "smpte170m", SMPTE170M, "bt470bg", BT470BG, "fcc", SMPTE170M);

        private static final Set<String> PRIMARIES = Set.of("bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m");

        private static final Set<String> TRANSFERS =
                Set.of("bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "iec61966-2-1");

        /** The source's own; where it says nothing of its matrix, what its size suggests to every player. */
        static Tags of(Color source, Resolution size) {
            Tags usual = BY_MATRIX.getOrDefault(source.space(), bySize(size));
            return new Tags(
                    usual.matrix,
                    PRIMARIES.contains(source.primaries()) ? source.primaries() : usual.primaries,
                    TRANSFERS.contains(source.transfer()) ? source.transfer() : usual.transfer);
        }

        private static Tags bySize(Resolution size) {
            if (size.shorterSide() >= 720 || size.longerSide() >= 1280) {
                return BT709;
            }
            return size.shorterSide() == 576 || size.shorterSide() == 288 ? BT470BG : SMPTE170M;
        }
    }
}
