package dev.transcode.hls;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A whole package of hand-built boxes, 10 s of two pictures and two sounds, for tests that break it on purpose: nothing
 * in it can be decoded, all else is as a job would publish it.
 */
public final class HandmadePackage {
    public static final String RUN = "r-1a2b3c4d-7";

    /** 720p with 128k, 480p with 96k. */
    public final EncodePlan plan = Plans.film();

    public final HlsLayout layout = HlsLayout.of(plan, RUN, Optional.empty());
    private final Path directory;
    private final HlsPackage made;

    private HandmadePackage(Path directory, int[] frames, int[] otherFrames, int[] packets) throws IOException {
        this.directory = directory;
        FakeEncode encode = new FakeEncode(Files.createDirectory(directory.resolve("encode")));
        encode.track("v0", init(320, 180, Boxes.edits(0, 0)), 512, 400, frames);
        encode.track("v1", init(160, 90, Boxes.edits(0, 0)), 512, 100, otherFrames);
        encode.audio("a0", 40, packets);
        encode.audio("a1", 30, packets);
        Path target = Files.createDirectory(directory.resolve("package"));
        this.made = new HlsPackager(new Remuxer()).pack(plan, encode.media(), layout, target, new Cancellation());
    }

    /** A good one. */
    public static HandmadePackage film(Path directory) throws IOException {
        return of(directory, new int[] {100, 100, 50}, new int[] {188, 188, 94});
    }

    /** @param frames of each segment of both pictures */
    public static HandmadePackage of(Path directory, int[] frames, int[] packets) throws IOException {
        return of(directory, frames, frames, packets);
    }

    /**
     * @param frames of each segment of the first picture
     * @param otherFrames of each segment of the second one
     * @param packets of each segment of both sounds
     */
    public static HandmadePackage of(Path directory, int[] frames, int[] otherFrames, int[] packets)
            throws IOException {
        return new HandmadePackage(directory, frames, otherFrames, packets);
    }

    public HlsPackage made() {
        return made;
    }

    /** The local file that will be published as {@code key}; the run directory may be left out. */
    public Path file(String key) {
        for (PackagedFile file : made.files()) {
            if (file.key().equals(key) || file.key().equals(RUN + "/" + key)) {
                return file.file();
            }
        }
        throw new IllegalArgumentException("no file " + key);
    }

    /** Changes a playlist, which must not stay as it was. */
    public void edit(String key, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file(key));
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("nothing to change in " + before);
        }
        Files.writeString(file(key), after);
    }

    /** Writes the segment anew, to start at another time. */
    public void move(String key, long decodeTime, int frames) throws IOException {
        Files.write(file(key), Boxes.segment(decodeTime, frames, 512, 400));
    }

    /** Writes the segment anew, without a keyframe at its start. */
    public void loseKeyframe(String key, long decodeTime, int frames) throws IOException {
        Files.write(file(key), Boxes.segmentWithoutKeyframe(decodeTime, frames, 512, 400));
    }

    /** Writes the segment anew, in two fragments with a gap of so many units between them. */
    public void split(String key, long decodeTime, int frames, int gap) throws IOException {
        byte[] one = Boxes.segment(decodeTime, frames / 2, 512, 400);
        byte[] other = Boxes.segment(decodeTime + frames / 2 * 512L + gap, frames / 2, 512, 400);
        Files.write(file(key), Boxes.join(one, other));
    }

    /** Clears the flag default-base-is-moof of a segment. */
    public void loseBase(String key) throws IOException {
        byte[] bytes = Files.readAllBytes(file(key));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tfhd") + 4;
        ByteBuffer.wrap(bytes).putInt(at, 0x38);
        Files.write(file(key), bytes);
    }

    /** Writes the first picture's initialization section anew, with these (duration, media time) edits. */
    public void editList(int... pairs) throws IOException {
        Files.write(file("v-720p/init.mp4"), init(320, 180, Boxes.edits(pairs)));
    }

    /** Exchanges two files. */
    public void swap(String one, String other) throws IOException {
        byte[] bytes = Files.readAllBytes(file(one));
        Files.write(file(one), Files.readAllBytes(file(other)));
        Files.write(file(other), bytes);
    }

    /** Writes a progressive MP4 anew. */
    public void progressive(String key, boolean moovFirst, int width, boolean sound, int seconds) throws IOException {
        Files.write(file(key), progressive(moovFirst, width, sound, seconds));
    }

    /** Puts all files where they would be published. */
    public Path publish() throws IOException {
        Path root = directory.resolve("published");
        for (PackagedFile file : made.files()) {
            Path target = root.resolve(file.key());
            Files.createDirectories(target.getParent());
            Files.copy(file.file(), target);
        }
        return root;
    }

    private static byte[] init(int width, int height, byte[] edits) {
        return Boxes.init("vide", 12_800, edits, Boxes.videoEntry("avc1", width, height, Boxes.AVCC));
    }

    private static byte[] progressive(boolean moovFirst, int width, boolean sound, int seconds) {
        byte[] picture =
                trak("vide", 12_800, 12_800 * seconds, Boxes.videoEntry("avc1", width, width * 9 / 16, Boxes.AVCC));
        byte[] tone = trak("soun", 48_000, 48_000 * seconds, Boxes.audioEntry("mp4a", 2, 48_000, Boxes.ESDS));
        byte[] header = Boxes.box("mvhd", Boxes.ints(0, 0, 0, 1000, 0));
        byte[] moov = Boxes.box("moov", header, picture, sound ? tone : new byte[0]);
        byte[] mdat = Boxes.box("mdat", new byte[1_000]);
        return moovFirst ? Boxes.join(moov, mdat) : Boxes.join(mdat, moov);
    }

    private static byte[] trak(String handler, int timescale, int units, byte[] entry) {
        byte[] stsd = Boxes.box("stsd", Boxes.ints(0, 1), entry);
        return Boxes.box(
                "trak",
                Boxes.box("tkhd", Boxes.ints(3, 0, 0, 1), new byte[68]),
                Boxes.box(
                        "mdia",
                        Boxes.box("mdhd", Boxes.ints(0, 0, 0, timescale, units, 0)),
                        Boxes.box(
                                "hdlr", Boxes.ints(0, 0), handler.getBytes(StandardCharsets.ISO_8859_1), new byte[13]),
                        Boxes.box("minf", Boxes.box("stbl", stsd))));
    }

    /** Makes progressive files out of nothing. */
    private static final class Remuxer implements Encoder {
        @Override
        public EncodedMedia encode(
                EncodePlan plan, Path source, Path target, EncodeListener listener, Cancellation cancellation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remux(List<Remux> files, Cancellation cancellation) {
            try {
                for (Remux file : files) {
                    boolean first = file.target().endsWith("v0.mp4");
                    Files.write(
                            file.target(),
                            progressive(true, first ? 320 : 160, file.tracks().size() > 1, 10));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
