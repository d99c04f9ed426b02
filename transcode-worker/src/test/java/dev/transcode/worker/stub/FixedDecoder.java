package dev.transcode.worker.stub;

import dev.transcode.job.Cancellation;
import dev.transcode.verify.Pictures;
import dev.transcode.verify.SampleDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Always sees the same pictures. */
record FixedDecoder(Pictures pictures) implements SampleDecoder {
    @Override
    public List<Decoded> decode(List<Sample> samples, Path scratch, Cancellation cancellation) {
        List<Decoded> decoded = new ArrayList<>();
        for (Sample sample : samples) {
            decoded.add(new Decoded(sample.content() == Content.SOUND ? Pictures.NONE : pictures, List.of()));
        }
        return decoded;
    }

    @Override
    public Pictures source(
            Path source, int streamIndex, List<Duration> at, Duration length, Path scratch, Cancellation cancellation) {
        return pictures;
    }
}
