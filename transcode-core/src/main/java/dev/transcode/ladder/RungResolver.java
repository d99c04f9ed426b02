package dev.transcode.ladder;

import static dev.transcode.media.FindingCode.RUNGS_DROPPED;
import static dev.transcode.media.FindingCode.SOURCE_BELOW_LADDER;

import dev.transcode.media.Finding;
import dev.transcode.media.FrameRate;
import dev.transcode.media.Resolution;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One rung and one source: the rendition. */
final class RungResolver {
    /** Bitrate into the VBV buffer, and its size in seconds of bitrate: peaks stay below twice the average. */
    private static final double MAX_RATE = 1.5;

    private static final int BUFFER_SECONDS = 2;

    private RungResolver() {}

    /** The rungs that are not above the source; where all are, the lowest one at the source's own size. */
    static List<Rung> fitting(Ladder ladder, Resolution source, List<Finding> findings) {
        List<Rung> fitting = ladder.rungs().stream()
                .filter(rung -> rung.height() <= source.shorterSide())
                .toList();
        if (fitting.isEmpty()) {
            return List.of(ownSize(ladder, source, findings));
        }
        if (fitting.size() < ladder.rungs().size()) {
            String dropped = ladder.rungs().stream()
                    .filter(rung -> rung.height() > source.shorterSide())
                    .map(Rung::name)
                    .collect(Collectors.joining(", "));
            findings.add(new Finding(
                    RUNGS_DROPPED,
                    "the source's shorter side is " + source.shorterSide(),
                    "not made, never above the source: " + dropped));
        }
        return fitting;
    }

    private static Rung ownSize(Ladder ladder, Resolution source, List<Finding> findings) {
        Rung lowest = ladder.rungs().stream()
                .min(Comparator.comparingInt(Rung::height))
                .orElseThrow();
        int height = even(source.shorterSide());
        findings.add(new Finding(
                SOURCE_BELOW_LADDER,
                "the source is " + source + ", smaller than every rung",
                "one rendition at its own size with the rates of " + lowest.name()));
        return new Rung(
                height + "p",
                Math.max(16, height),
                lowest.bitrate(),
                lowest.audioBitrate(),
                lowest.codec(),
                lowest.preset(),
                lowest.crf(),
                lowest.maxFps());
    }

    /** Frames of a GOP at the full rate, such that every rung's own rate has a whole number of frames in it. */
    static int gopFrames(FrameRate rate, List<Rung> rungs, EncodeSettings settings, int seconds) {
        int multiple = 1;
        for (Rung rung : rungs) {
            int divisor = divisor(rung, rate, settings);
            multiple = multiple / gcd(multiple, divisor) * divisor;
        }
        long multiples = Math.max(1, Math.round(rate.value() * seconds / multiple));
        return Math.toIntExact(multiples * multiple);
    }

    static Rendition resolve(
            Rung rung, Resolution source, FrameRate rate, int gopFrames, EncodeSettings settings, boolean sound) {
        int divisor = divisor(rung, rate, settings);
        return new Rendition(
                rung.name(),
                size(rung.height(), source),
                divisor == 1 ? rate : rate.dividedBy(divisor),
                gopFrames / divisor,
                rung.codec().orElse(settings.codec()),
                rung.preset().orElse(settings.preset()),
                settings.rateControl(),
                rung.crf().orElse(settings.crf()),
                rung.bitrate(),
                rung.bitrate().times(MAX_RATE),
                rung.bitrate().bitsPerSecond() * BUFFER_SECONDS,
                sound ? Optional.of(rung.audioBitrate().toString()) : Optional.empty());
    }

    /** The even size whose shorter side is {@code height}; the source's own, evened, where that is smaller. */
    static Resolution size(int height, Resolution source) {
        int shorter = Math.min(even(height), even(source.shorterSide()));
        int longer = even(source.longerSide());
        if (shorter < even(source.shorterSide())) {
            double scale = (double) shorter / source.shorterSide();
            longer = Math.max(2, Math.min((int) Math.round(source.longerSide() * scale / 2) * 2, longer));
        }
        boolean portrait = source.height() > source.width();
        return portrait ? new Resolution(shorter, longer) : new Resolution(longer, shorter);
    }

    private static int divisor(Rung rung, FrameRate rate, EncodeSettings settings) {
        OptionalInt own = rung.maxFps();
        return FrameRates.divisor(rate, own.orElse(settings.maxFps()));
    }

    private static int even(int side) {
        return Math.max(2, side - side % 2);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
