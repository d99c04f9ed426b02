package dev.transcode.ffmpeg;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What FFmpeg's names of pixel formats say (libavutil/pixdesc.c): bits a component and how the colour is stored.
 * {@code bits_per_raw_sample} is not asked: some codecs leave it out or fill in 8.
 */
final class PixelFormats {
    /** Planar formats name the bits after a p: {@code yuv420p10le}, {@code gbrap12be}. */
    private static final Pattern PLANAR = Pattern.compile("(?:yuva?|gbra?)\\d*p(\\d{1,2})(?:le|be)");

    private static final Pattern GRAY = Pattern.compile("(?:gray|ya)(\\d{1,2})(?:le|be|f.*)");
    private static final Pattern RGB = Pattern.compile("(?:x2)?(?:rgb|bgr|gbr|argb|abgr|rgba|bgra|0rgb|0bgr|pal8).*");
    private static final Set<String> CHROMA_420 = Set.of("nv12", "nv21");

    private PixelFormats() {}

    /** Bits a component, 8 if the name does not say. */
    static int bitDepth(String name) {
        for (Pattern pattern : new Pattern[] {PLANAR, GRAY}) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        if (name.matches("(rgb|bgr)48.*|(rgba|bgra|argb|abgr)64.*|ayuv64.*|[py][0-4]16.*")) {
            return 16;
        }
        if (name.matches("x2(rgb|bgr)10.*|[py][0-4]10.*|nv20.*|xv30.*|v30x.*")) {
            return 10;
        }
        return name.matches("[py][0-4]12.*|xyz12.*|xv36.*") ? 12 : 8;
    }

    /** How the colour is stored, for people: {@code 4:2:0}, {@code 4:2:2}, {@code RGB}, {@code grey}, ... */
    static String chroma(String name) {
        if (RGB.matcher(name).matches()) {
            return "RGB";
        }
        if (name.startsWith("gray") || name.startsWith("ya8") || name.startsWith("mono") || name.startsWith("ya16")) {
            return "grey";
        }
        if (CHROMA_420.contains(name) || name.matches("yuv[ja]?420p.*|p0\\d\\d.*")) {
            return "4:2:0";
        }
        if (name.matches("yuv[ja]?422p.*|yuyv422|uyvy422|yvyu422|nv16|nv20.*|[py]2\\d\\d.*")) {
            return "4:2:2";
        }
        if (name.matches("yuv[ja]?444p.*|nv24|nv42|[py]4\\d\\d.*|xv30.*|xv36.*|v30x.*|vuy[ax]|ayuv.*|uyva")) {
            return "4:4:4";
        }
        Matcher other = Pattern.compile("yuv[ja]?4(\\d)(\\d)p.*").matcher(name);
        if (other.matches()) {
            return "4:" + other.group(1) + ":" + other.group(2);
        }
        return name;
    }
}
