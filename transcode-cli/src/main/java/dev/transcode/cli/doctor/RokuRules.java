package dev.transcode.cli.doctor;

import dev.transcode.hls.MediaPlaylist;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.Variant;
import dev.transcode.internal.Count;
import dev.transcode.media.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a package claims of itself, held against what Roku's devices take. Pure but for the report. */
final class RokuRules {
    private static final Pattern AVC = Pattern.compile("avc[13]\\.(\\p{XDigit}{2})\\p{XDigit}{2}(\\p{XDigit}{2})");
    private static final int MAX_LEVEL = 42;
    private static final Map<Integer, String> PROFILES = Map.of(66, "Baseline", 77, "Main", 100, "High");
    private static final double MAX_FRAME_RATE = 60.01;
    private static final long MAX_BITRATE = 10_000_000;

    /** Two must fit the 20.5 MB buffer of a small model, with slack. */
    private static final long MAX_SEGMENT_BYTES = 7_700_000;

    private static final int MAX_ENTRIES = 4_500;
    private static final String ENCODE_AGAIN = "Encode it again with the profile roku-hls.";

    private RokuRules() {}

    static void judge(Report report, LoadedPackage loaded) {
        if (loaded.master().isEmpty()) {
            report.warning(
                    "roku codecs",
                    "this is a media playlist: it names no codecs, and there is one quality only",
                    "Hand the player the multivariant playlist (master.m3u8).");
        } else {
            codecs(report, loaded, loaded.master().get());
            rates(report, loaded.master().get());
        }
        int longest = loaded.media().values().stream()
                .mapToInt(playlist -> playlist.segments().size())
                .max()
                .orElse(0);
        if (longest > MAX_ENTRIES) {
            report.warning(
                    "roku playlists",
                    "a playlist has " + longest + " entries; Roku refuses very long ones (above " + MAX_ENTRIES + ")",
                    "Use longer segments: --segment-seconds.");
        }
    }

    private static void codecs(Report report, LoadedPackage loaded, MultivariantPlaylist master) {
        boolean anywhere = master.variants().stream()
                .anyMatch(variant -> variant.codecs().stream().anyMatch(codec -> codec.startsWith("avc")));
        List<String> wrong = new ArrayList<>();
        int unnamed = 0;
        int playable = 0;
        for (Variant variant : master.variants()) {
            List<String> own = new ArrayList<>();
            for (String codec : variant.codecs()) {
                refusal(codec)
                        .filter(why -> !(anywhere && isForSome(codec)))
                        .ifPresent(why -> own.add(label(variant) + ": " + why));
            }
            muxed(loaded, variant).ifPresent(own::add);
            unnamed += variant.codecs().isEmpty() ? 1 : 0;
            playable += own.isEmpty() && !variant.codecs().isEmpty() ? 1 : 0;
            wrong.addAll(own);
        }
        if (!wrong.isEmpty()) {
            report.failed("roku codecs", PackageRules.join(wrong), ENCODE_AGAIN);
        } else if (unnamed > 0) {
            report.warning(
                    "roku codecs",
                    "no CODECS: " + unnamed + " of "
                            + Count.of(master.variants().size(), "variant"),
                    "Players then guess, and some refuse: package it again.");
        } else {
            report.ok(
                    "roku codecs",
                    String.join(", ", all(master)) + ": it takes "
                            + (playable == 1 ? "the variant" : "all " + playable + " variants"));
        }
    }

    private static Set<String> all(MultivariantPlaylist master) {
        Set<String> codecs = new LinkedHashSet<>();
        master.variants().forEach(variant -> codecs.addAll(variant.codecs()));
        return codecs;
    }

    /** What some models take: fine beside H.264 and AAC, which the others choose. */
    private static boolean isForSome(String codec) {
        return Set.of("hvc1", "dvh1", "av01", "ac-3", "ec-3")
                .contains(codec.toLowerCase(Locale.ROOT).split("\\.", 2)[0]);
    }

    /** Why a codec does not play on every Roku; empty if it does. */
    static Optional<String> refusal(String codec) {
        String lower = codec.toLowerCase(Locale.ROOT);
        Matcher avc = AVC.matcher(lower);
        if (avc.matches()) {
            int profile = Integer.parseInt(String.valueOf(avc.group(1)), 16);
            int level = Integer.parseInt(String.valueOf(avc.group(2)), 16);
            if (!PROFILES.containsKey(profile)) {
                return Optional.of(codec + " is H.264 profile " + profile + "; it takes Baseline, Main and High");
            }
            return level <= MAX_LEVEL
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "%s is H.264 %s level %.1f; it takes 4.2 at most",
                            codec,
                            PROFILES.get(profile),
                            level / 10.0));
        }
        if (lower.startsWith("mp4a.40.")) {
            return Optional.empty();
        }
        if (lower.startsWith("hev1") || lower.startsWith("dvhe")) {
            return Optional.of(codec + ": HEVC has to be tagged hvc1");
        }
        if (lower.startsWith("hvc1") || lower.startsWith("dvh1") || lower.startsWith("av01")) {
            return Optional.of(codec + " plays on 4K models only");
        }
        if (lower.equals("ac-3") || lower.equals("ec-3")) {
            return Optional.of(codec + " is heard through a receiver only; ship stereo AAC beside it");
        }
        return Optional.of(codec + " is none that it takes: H.264 and AAC");
    }

    /** Confirmed by Roku: sound and picture in one fMP4 play silent, or end with error 970. */
    private static Optional<String> muxed(LoadedPackage loaded, Variant variant) {
        boolean sound = variant.codecs().stream().anyMatch(codec -> codec.startsWith("mp4a"));
        boolean picture = variant.codecs().stream().anyMatch(codec -> !codec.startsWith("mp4a"));
        boolean fragmented =
                loaded.playlist(variant.uri()).filter(RokuRules::hasInit).isPresent();
        return sound && picture && fragmented && variant.audio().isEmpty()
                ? Optional.of(label(variant) + ": sound and picture in one fMP4 file play silent on Roku")
                : Optional.empty();
    }

    private static boolean hasInit(MediaPlaylist playlist) {
        return playlist.segments().stream().anyMatch(segment -> segment.init().isPresent());
    }

    private static void rates(Report report, MultivariantPlaylist master) {
        List<String> odd = new ArrayList<>();
        for (Variant variant : master.variants()) {
            if (variant.frameRate().orElse(0) > MAX_FRAME_RATE) {
                odd.add(label(variant) + " has " + variant.frameRate().getAsDouble() + " frames a second; it takes 60");
            }
            long average = variant.averageBandwidth().orElse(variant.bandwidth());
            if (average > MAX_BITRATE) {
                odd.add(String.format(
                        Locale.ROOT,
                        "%s has %.1f Mbit/s; H.264 plays smoothly to about 10",
                        label(variant),
                        average / 1e6));
            }
        }
        if (odd.isEmpty()) {
            long lowest = master.variants().stream()
                    .mapToLong(Variant::bandwidth)
                    .min()
                    .orElse(0);
            long highest = master.variants().stream()
                    .mapToLong(Variant::bandwidth)
                    .max()
                    .orElse(0);
            report.ok(
                    "roku rates",
                    String.format(Locale.ROOT, "%.2f to %.2f Mbit/s at their peaks", lowest / 1e6, highest / 1e6));
        } else {
            report.warning("roku rates", PackageRules.join(odd), ENCODE_AGAIN);
        }
    }

    /** @param largest of the segments that were looked at, bytes */
    static void segmentSize(Report report, long largest) {
        if (largest > MAX_SEGMENT_BYTES) {
            report.warning(
                    "roku segments",
                    "a segment has " + Figures.bytes(largest) + "; small models stall above "
                            + Figures.bytes(MAX_SEGMENT_BYTES),
                    "Use a lower bitrate or shorter segments: --segment-seconds.");
        } else if (largest > 0) {
            report.ok("roku segments", "the largest looked at has " + Figures.bytes(largest));
        }
    }

    private static String label(Variant variant) {
        return variant.resolution().map(Resolution::toString).orElse(variant.uri());
    }
}
