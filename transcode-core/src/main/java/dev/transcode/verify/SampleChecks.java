package dev.transcode.verify;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.verify.SampleDecoder.Content;
import dev.transcode.verify.SampleDecoder.Decoded;
import dev.transcode.verify.SampleDecoder.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes the samples of a package and has them judged. */
final class SampleChecks {
    /** How long the source is looked at in each place: about a segment. */
    private static final Duration LOOK = Duration.ofSeconds(4);

    private final SampleDecoder decoder;
    private final Path scratch;
    private final Cancellation cancellation;

    SampleChecks(SampleDecoder decoder, Path scratch, Cancellation cancellation) {
        this.decoder = decoder;
        this.scratch = scratch;
        this.cancellation = cancellation;
    }

    /** @param film the source, if it is at hand; it is decoded only if a picture looks blank or frozen */
    List<CheckResult> run(List<TrackSample> samples, Optional<SourceFilm> film) {
        List<Sample> wanted = new ArrayList<>();
        for (TrackSample sample : samples) {
            wanted.add(new Sample(sample.name(), sample.file(), sample.content()));
        }
        for (TrackSample sample : samples) {
            sample.middle().ifPresent(file -> wanted.add(new Sample(sample.name(), file, Content.KEYFRAMES)));
        }
        List<Decoded> results = decoder.decode(wanted, folder("decoded"), cancellation);
        Iterator<Decoded> middles =
                results.subList(samples.size(), results.size()).iterator();
        Map<String, Long> frames = new LinkedHashMap<>();
        Map<String, Decoded> decoded = new LinkedHashMap<>();
        Map<String, Pictures> pictures = new LinkedHashMap<>();
        Optional<TrackSample> suspect = Optional.empty();
        for (int i = 0; i < samples.size(); i++) {
            TrackSample sample = samples.get(i);
            frames.put(sample.name(), sample.frames());
            Decoded ends = results.get(i);
            Decoded whole = sample.middle().isPresent() ? with(ends, middles.next()) : ends;
            decoded.put(sample.name(), new Decoded(ends.pictures(), whole.complaints()));
            if (sample.content().hasPicture() && whole.complaints().isEmpty()) {
                pictures.put(sample.name(), whole.pictures());
                boolean suspicious = PictureChecks.isSuspect(whole.pictures());
                suspect = suspicious && suspect.isEmpty() ? Optional.of(sample) : suspect;
            }
        }
        Optional<Pictures> source = suspect.flatMap(of -> film.map(f -> look(f, of.starts())));
        return List.of(PictureChecks.decode(frames, decoded), PictureChecks.picture(pictures, source));
    }

    private static Decoded with(Decoded ends, Decoded middle) {
        List<byte[]> frames = new ArrayList<>(ends.pictures().frames());
        frames.addAll(middle.pictures().frames());
        List<String> complaints = new ArrayList<>(ends.complaints());
        complaints.addAll(middle.complaints());
        if (middle.complaints().isEmpty() && middle.pictures().frames().isEmpty()) {
            complaints.add("no keyframe came out of its middle segment");
        }
        return new Decoded(new Pictures(frames), complaints);
    }

    private Pictures look(SourceFilm film, List<Duration> starts) {
        List<Duration> at = new ArrayList<>();
        for (Duration start : starts) {
            at.add(film.start().plus(start));
        }
        return decoder.source(film.file(), film.streamIndex(), at, LOOK, folder("source"), cancellation);
    }

    private Path folder(String name) {
        try {
            return Files.createDirectory(scratch.resolve(name));
        } catch (IOException e) {
            throw new TranscodeException(FailureCode.IO_ERROR, "cannot make " + name + " in " + scratch, e);
        }
    }
}
