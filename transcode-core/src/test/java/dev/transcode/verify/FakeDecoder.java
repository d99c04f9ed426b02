package dev.transcode.verify;

import dev.transcode.job.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Claims to have decoded what it is told. */
final class FakeDecoder implements SampleDecoder {
    /** Bars that move. */
    static final int FILM = 0;

    static final int BLACK = 1;

    /** Bars that stand still. */
    static final int STILL = 2;

    /** Frames of each picture's ends: the first and the last segment of the handmade package. */
    int frames = 150;

    /** Keyframes of its middle segment. */
    int keyframes = 2;

    int rendition = FILM;
    Optional<Integer> middle = Optional.empty();
    int source = FILM;
    Optional<String> complaint = Optional.empty();
    Optional<String> middleComplaint = Optional.empty();
    final List<Duration> looked = new ArrayList<>();

    @Override
    public List<Decoded> decode(List<Sample> samples, Path scratch, Cancellation cancellation) {
        List<Decoded> decoded = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.content() == Content.KEYFRAMES) {
                decoded.add(new Decoded(
                        pictures(middle.orElse(rendition), keyframes),
                        middleComplaint.map(List::of).orElse(List.of())));
                continue;
            }
            decoded.add(new Decoded(
                    sample.content().hasPicture() ? pictures(rendition, frames) : Pictures.NONE,
                    complaint.map(List::of).orElse(List.of())));
        }
        return decoded;
    }

    @Override
    public Pictures source(
            Path film, int streamIndex, List<Duration> at, Duration length, Path scratch, Cancellation cancellation) {
        looked.addAll(at);
        return pictures(source, 100);
    }

    static Pictures pictures(int kind, int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] frame = new byte[Pictures.WIDTH * Pictures.HEIGHT];
            Arrays.fill(frame, (byte) 16);
            if (kind != BLACK) {
                int start = kind == STILL ? 0 : i * 8 % frame.length;
                Arrays.fill(frame, start, Math.min(frame.length, start + 64), (byte) 200);
            }
            frames.add(frame);
        }
        return new Pictures(frames);
    }
}
