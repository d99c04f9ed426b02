package dev.transcode.verify;

import dev.transcode.hls.HlsLayout;
import dev.transcode.hls.HlsPackage;
import dev.transcode.hls.ProgressiveFacts;
import dev.transcode.job.Cancellation;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.MediaInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a package is good: what a job made, before it is published, or any other. Everything is read back from
 * the files; the first, a middle and the last segment of each track are decoded, because decoding everything would cost
 * 9 to 19 % of an encode. Thread-safe.
 */
public final class Verifier {
    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private final Optional<SampleDecoder> decoder;

    /** @param decoder empty = nothing is decoded, and the checks that need it are skipped */
    public Verifier(Optional<SampleDecoder> decoder) {
        this.decoder = decoder;
    }

    /**
     * What a job is about to publish.
     *
     * @param source the local file it was made from
     * @param made its files, where they lie now
     * @param layout where they will be published
     */
    public record Output(EncodePlan plan, MediaInfo media, Path source, HlsPackage made, HlsLayout layout) {}

    /**
     * Checks what a job made.
     *
     * @param scratch an empty folder; needs room for three segments of each track
     * @return the verdict; every violation is in the log as well
     * @throws TranscodeException if it cannot be found out, or with the cancellation's own reason
     */
    public Verdict verify(Output output, Path scratch, Cancellation cancellation) {
        PackagedFiles files = new PackagedFiles(output.made(), output.layout());
        PackageReader reader = new PackageReader(files, files.master(), scratch, Long.MAX_VALUE, cancellation);
        Presentation read = reader.read();
        EncodePlan plan = output.plan();
        Optional<Expectation> expectation = Optional.of(Expectation.of(plan, output.media(), output.layout()));
        Optional<SourceFilm> film =
                plan.video().map(video -> new SourceFilm(output.source(), video.streamIndex(), plan.start()));
        List<CheckResult> checks = new ArrayList<>(values(read, expectation, Tolerance.OURS));
        checks.add(progressive(files, read.uri(), expectation));
        checks.addAll(samples(reader.samples(), film, scratch, cancellation));
        Verdict verdict = new Verdict(checks);
        for (Violation violation : verdict.violations()) {
            LOG.warn("verification failed: {}", violation);
        }
        return verdict;
    }

    /**
     * Checks any package. One of ours is known by its {@code report.json} and held to it.
     *
     * @param start address of a multivariant or a media playlist
     * @param scratch an empty folder; needs room for three segments of each track
     * @throws TranscodeException {@code input_not_found} if there is nothing at {@code start}; as the source does; with
     *     the cancellation's own reason
     */
    public Verdict verify(PackageSource source, URI start, Path scratch, Cancellation cancellation) {
        PackageReader reader = new PackageReader(source, start, scratch, PackageReader.MAX_SAMPLE_BYTES, cancellation);
        Presentation read = reader.read();
        Optional<Expectation> expectation = reader.report(read);
        Tolerance tolerance = expectation.isPresent() ? Tolerance.OURS : Tolerance.FOREIGN;
        List<CheckResult> checks = new ArrayList<>(values(read, expectation, tolerance));
        checks.add(progressive(source, read.uri(), expectation));
        checks.addAll(samples(reader.samples(), Optional.empty(), scratch, cancellation));
        return new Verdict(checks);
    }

    /** The checks that need nothing but what was read. */
    static List<CheckResult> values(Presentation read, Optional<Expectation> expectation, Tolerance tolerance) {
        return List.of(
                PlaylistChecks.files(read),
                PlaylistChecks.playlists(read, tolerance),
                BoxChecks.boxes(read),
                PlaylistChecks.targetDuration(read),
                PlaylistChecks.shortSegments(read),
                TimingChecks.extinf(read, tolerance),
                TimingChecks.grid(read),
                TimingChecks.startsAndEnds(read),
                PlanChecks.length(read, expectation),
                PlanChecks.frames(read, expectation),
                RateChecks.bandwidth(read, tolerance),
                FormatChecks.codecs(read, tolerance),
                AudioGroupChecks.audioGroups(read),
                KeyframeChecks.keyframes(read, tolerance));
    }

    private static CheckResult progressive(PackageSource source, URI master, Optional<Expectation> expectation) {
        ProgressiveReader reader = new ProgressiveReader(source, master);
        Map<String, ProgressiveFacts> files =
                reader.read(expectation.map(Expectation::files).orElse(List.of()));
        return ProgressiveChecks.progressive(expectation, files, reader.problems());
    }

    private List<CheckResult> samples(
            List<TrackSample> samples, Optional<SourceFilm> film, Path scratch, Cancellation cancellation) {
        if (decoder.isEmpty()) {
            Tally decode = new Tally(PictureChecks.DECODE, "track");
            decode.skip("there is no decoder");
            Tally picture = new Tally(PictureChecks.PICTURE, "rendition");
            picture.skip("there is no decoder");
            return List.of(decode.result(), picture.result());
        }
        return new SampleChecks(decoder.get(), scratch, cancellation).run(samples, film);
    }
}
