package dev.transcode.verify;

import dev.transcode.hls.FragmentedTrack;
import dev.transcode.hls.SampleFormat;
import dev.transcode.hls.Variant;
import dev.transcode.media.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether CODECS, RESOLUTION and FRAME-RATE are true to the boxes (RFC 8216, 4.3.4.2). Pure. */
final class FormatChecks {
    private FormatChecks() {}

    static CheckResult codecs(Presentation read, Tolerance tolerance) {
        Tally tally = new Tally("codecs", "variant");
        read.master().ifPresent(master -> {
            for (Variant variant : master.variants()) {
                read.track(variant.uri()).ifPresent(track -> check(read, variant, track, tolerance, tally));
            }
        });
        if (read.master().isEmpty()) {
            tally.skip("a media playlist claims no format");
        }
        return tally.result();
    }

    private static void check(Presentation read, Variant variant, ReadTrack track, Tolerance tolerance, Tally tally) {
        if (track.contents().isEmpty()) {
            PlaylistChecks.unread(track).ifPresent(tally::skip);
            return;
        }
        tally.looked();
        codecs(read, variant, track, tolerance, tally);
        track.video().ifPresent(video -> {
            resolution(variant, track, video.track().format(), tolerance, tally);
            frameRate(variant, track, video, tolerance, tally);
        });
    }

    private static void codecs(Presentation read, Variant variant, ReadTrack track, Tolerance tolerance, Tally tally) {
        List<String> measured = new ArrayList<>();
        track.contents()
                .forEach(content -> measured.add(content.track().format().codec()));
        for (ReadTrack sound : read.audioOf(variant)) {
            sound.audio().ifPresent(audio -> measured.add(audio.track().format().codec()));
        }
        if (variant.codecs().isEmpty() && !tolerance.complete()) {
            tally.skip(track.name() + " has no CODECS");
            return;
        }
        List<String> claimed = new ArrayList<>();
        variant.codecs().forEach(codec -> claimed.add(normal(codec, tolerance)));
        for (String codec : measured) {
            if (!claimed.contains(normal(codec, tolerance))) {
                tally.violate(track.name(), "CODECS with " + codec, "\"" + String.join(",", variant.codecs()) + "\"");
            }
        }
        if (tolerance.complete()
                && variant.codecs().size() > measured.stream().distinct().count()) {
            tally.violate(
                    track.name(),
                    "CODECS " + String.join(",", measured) + " and no more",
                    "\"" + String.join(",", variant.codecs()) + "\"");
        }
    }

    /** Case is no matter; and whether AAC is HE-AAC, a decoder configuration may keep to itself. */
    private static String normal(String codec, Tolerance tolerance) {
        String lower = codec.toLowerCase(Locale.ROOT);
        return lower.startsWith("mp4a.40.") && !tolerance.complete() ? "mp4a.40" : lower;
    }

    private static void resolution(
            Variant variant, ReadTrack track, SampleFormat format, Tolerance tolerance, Tally tally) {
        Optional<Resolution> claimed = variant.resolution();
        boolean ok = claimed.isEmpty() ? !tolerance.complete() : claimed.equals(format.size());
        if (!ok) {
            tally.violate(
                    track.name(),
                    "RESOLUTION " + format.size().map(Object::toString).orElse("?"),
                    claimed.map(Object::toString).orElse("none"));
        }
    }

    private static void frameRate(
            Variant variant, ReadTrack track, FragmentedTrack video, Tolerance tolerance, Tally tally) {
        OptionalDouble measured = video.frameRate();
        OptionalDouble claimed = variant.frameRate();
        if (measured.isEmpty() || (claimed.isEmpty() && !tolerance.complete())) {
            return;
        }
        if (claimed.isEmpty() || Math.abs(claimed.getAsDouble() - measured.getAsDouble()) > tolerance.frameRate()) {
            tally.violate(
                    track.name(),
                    String.format(Locale.ROOT, "FRAME-RATE %.3f", measured.getAsDouble()),
                    claimed.isEmpty() ? "none" : String.format(Locale.ROOT, "%.3f", claimed.getAsDouble()));
        }
    }
}
