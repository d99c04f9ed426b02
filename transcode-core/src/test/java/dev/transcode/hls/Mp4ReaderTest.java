package dev.transcode.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.hls.TrackFacts.Edit;
import dev.transcode.media.Resolution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mp4ReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsAPicture() throws Exception {
        InitFacts init = Mp4Reader.readInit(file(Boxes.videoInit(24_000, 2002)));

        TrackFacts track = init.tracks().get(0);
        assertThat(init.timescale()).isEqualTo(1000);
        assertThat(init.brands()).containsExactly("iso5", "iso6");
        assertThat(track.kind()).isEqualTo(TrackFacts.Kind.VIDEO);
        assertThat(track.timescale()).isEqualTo(24_000);
        assertThat(track.edits()).containsExactly(new Edit(0, 2002));
        assertThat(track.format().codec()).isEqualTo("avc1.640028");
        assertThat(track.format().size()).contains(new Resolution(640, 360));
    }

    /** Each fragment of each segment is looked up among them. */
    @Test
    void refusesThousandsOfTracks() throws Exception {
        byte[] init = Boxes.videoInit(24_000, 0);
        int at = new String(init, StandardCharsets.ISO_8859_1).indexOf("trak") - 4;
        byte[] track = Arrays.copyOfRange(init, at, at + ByteBuffer.wrap(init).getInt(at));
        byte[][] boxes = new byte[1_001][];
        Arrays.fill(boxes, track);
        boxes[0] = Boxes.box("mvhd", Boxes.ints(0, 0, 0, 1_000, 0));
        Path file = file(Boxes.box("moov", boxes));

        assertThatThrownBy(() -> Mp4Reader.readInit(file))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessageContaining("256 tracks");
    }

    @Test
    void readsSound() throws Exception {
        TrackFacts track = Mp4Reader.readInit(file(Boxes.audioInit())).tracks().get(0);

        assertThat(track.kind()).isEqualTo(TrackFacts.Kind.AUDIO);
        assertThat(track.start()).isEqualTo(1024);
        assertThat(track.format().codec()).isEqualTo("mp4a.40.2");
        assertThat(track.format().channels()).isEqualTo(2);
        assertThat(track.format().sampleRate()).isEqualTo(48_000);
    }

    @Test
    void tellsAnEmptyEdit() throws Exception {
        byte[] entry = Boxes.videoEntry("avc1", 640, 360, Boxes.AVCC);
        byte[] init = Boxes.init("vide", 25, Boxes.edits(40, -1, 0, 5), entry);

        TrackFacts track = Mp4Reader.readInit(file(init)).tracks().get(0);

        assertThat(track.edits()).containsExactly(new Edit(40, -1), new Edit(0, 5));
        assertThat(track.edits().get(0).isEmpty()).isTrue();
        assertThat(track.start()).isEqualTo(5);
    }

    @Test
    void recognizesAnEncryptedEntryAndWhatIsInside() throws Exception {
        byte[] sinf = Boxes.box("sinf", Boxes.box("frma", "avc1".getBytes(ISO_8859_1)));
        byte[] entry = Boxes.videoEntry("encv", 640, 360, Boxes.AVCC, sinf);

        SampleFormat format = Mp4Reader.readInit(file(Boxes.init("vide", 25, new byte[0], entry)))
                .tracks()
                .get(0)
                .format();

        assertThat(format.encrypted()).isTrue();
        assertThat(format.type()).isEqualTo("encv");
        assertThat(format.codec()).isEqualTo("avc1.640028");
    }

    /** Of 12 bytes and those that are not 0 after them: the constraints. */
    @Test
    void readsHevc() throws Exception {
        byte[] main = Boxes.box("hvcC", Boxes.bytes(1, 1, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93, 0xf0));
        byte[] high = Boxes.box("hvcC", Boxes.bytes(1, 0xe2, 0x20, 0, 0, 0, 0xb0, 0, 0x23, 0, 0, 0, 153, 0xf0));
        byte[] all = Boxes.box("hvcC", Boxes.bytes(1, 0x41, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 200, 0xf0));

        assertThat(codec(Boxes.videoEntry("hvc1", 640, 360, main))).isEqualTo("hvc1.1.6.L93.B0");
        assertThat(codec(Boxes.videoEntry("hev1", 640, 360, high))).isEqualTo("hev1.C2.4.H153.B0.0.23");
        assertThat(codec(Boxes.videoEntry("hvc1", 640, 360, all))).isEqualTo("hvc1.A1.80000000.L200.1.2.3.4.5.6");
    }

    @Test
    void readsDolbyVision() throws Exception {
        byte[] hvcc = Boxes.box("hvcC", Boxes.bytes(1, 2, 0x20, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 153, 0xf0));
        byte[] dvcc = Boxes.box("dvcC", Boxes.bytes(1, 0, 0x0a, 0x4d), new byte[20]);
        byte[] dvvc = Boxes.box("dvvC", Boxes.bytes(1, 0, 0x10, 0x35), new byte[20]);

        assertThat(codec(Boxes.videoEntry("dvh1", 640, 360, hvcc, dvcc))).isEqualTo("dvh1.05.09");
        assertThat(codec(Boxes.videoEntry("dvhe", 640, 360, hvcc, dvvc))).isEqualTo("dvhe.08.06");
        assertThatThrownBy(() -> codec(Boxes.videoEntry("dvh1", 640, 360, hvcc)))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessageContaining("dvcC");
        assertThatThrownBy(() -> codec(Boxes.videoEntry("dvh1", 640, 360, Boxes.box("dvcC", Boxes.bytes(1)))))
                .isInstanceOf(MalformedMediaException.class);
    }

    @ParameterizedTest
    @CsvSource({"0x08, 0x4c, av01.0.08M.10", "0x2d, 0x0c, av01.1.13M.08", "0x50, 0xec, av01.2.16H.12"})
    void readsAv1(String profileAndLevel, String flags, String codec) throws Exception {
        byte[] av1c = Boxes.box("av1C", Boxes.bytes(0x81, Integer.decode(profileAndLevel), Integer.decode(flags), 0));

        assertThat(codec(Boxes.videoEntry("av01", 640, 360, av1c))).isEqualTo(codec);
    }

    /** Object type, index of the sample rate (15: the rate itself follows), channels; types from 32 on take 11 bits. */
    @ParameterizedTest
    @CsvSource({
        "00010 0011 0010,                            mp4a.40.2,  2, 48000",
        "00101 0111 0010,                            mp4a.40.5,  2, 22050",
        "00010 0100 0111,                            mp4a.40.2,  8, 44100",
        "11111 001010 0011 0001,                     mp4a.40.42, 1, 48000",
        "00010 1111 000000001010110001000101 0110,   mp4a.40.2,  6, 44101",
        "11111 000000 1111 000000010111011100000001 0010, mp4a.40.32, 2, 96001",
        "00010 1101 0000,                            mp4a.40.2,  4, 32000",
        "00010 0011 1001,                            mp4a.40.2,  4, 48000"
    })
    void readsWhatAacSaysOfItself(String bits, String codec, int channels, int rate) throws Exception {
        String padded = bits.replace(" ", "") + "0000000";
        int[] config = new int[padded.length() / 8];
        for (int i = 0; i < config.length; i++) {
            config[i] = Integer.parseInt(padded.substring(8 * i, 8 * i + 8), 2);
        }
        byte[] esds = Boxes.box(
                "esds",
                Boxes.ints(0),
                Boxes.bytes(3, 0x20, 0, 1, 0),
                Boxes.bytes(4, 0x17, 0x40, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                Boxes.bytes(5, config.length),
                Boxes.bytes(config));

        SampleFormat format = audio(Boxes.audioEntry("mp4a", 4, 32_000, esds));

        assertThat(format).isEqualTo(new SampleFormat("mp4a", codec, false, Optional.empty(), channels, rate));
    }

    /** A stream it depends on, an address of one byte, a clock of its own: all before the decoder's configuration. */
    @Test
    void passesOverWhatADescriptorMayHoldBefore() throws Exception {
        byte[] esds = Boxes.box(
                "esds",
                Boxes.ints(0),
                Boxes.bytes(3, 0x80, 0x25, 0, 1, 0xe0, 9, 9, 1, 'u', 8, 8),
                Boxes.bytes(4, 0x80, 0x80, 0x17, 0x6b, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

        assertThat(audio(Boxes.audioEntry("mp4a", 2, 44_100, esds)))
                .isEqualTo(new SampleFormat("mp4a", "mp4a.6B", false, Optional.empty(), 2, 44_100));
    }

    /** Version 1 has four more numbers before its boxes, version 2 nine. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 16", "2, 36"})
    void readsQuickTimesEntries(int version, int more) throws Exception {
        byte[] header = Boxes.join(
                new byte[8], Boxes.ints(version << 16), Boxes.ints(0), Boxes.ints(2 << 16 | 16, 0, 48_000 << 16));

        SampleFormat format = audio(Boxes.box("mp4a", header, new byte[more], Boxes.ESDS));

        assertThat(format.codec()).isEqualTo("mp4a.40.2");
        assertThat(format.sampleRate()).isEqualTo(48_000);
    }

    @Test
    void measuresASegment() throws Exception {
        SegmentFacts facts = segment(Boxes.segment(96_096, 96, 1001, 50));

        assertThat(facts.decodeTime()).isEqualTo(96_096);
        assertThat(facts.duration()).isEqualTo(96_096);
        assertThat(facts.presentationStart()).isEqualTo(96_096);
        assertThat(facts.presentationEnd()).isEqualTo(192_192);
        assertThat(facts.samples()).isEqualTo(96);
        assertThat(facts.startsWithSync()).isTrue();
        assertThat(facts.fragmentRelative()).isTrue();
    }

    @Test
    void findsTheFirstSampleFromTheStartOfItsFragment() throws Exception {
        byte[] bytes = Boxes.segment(0, 3, 1001, 50);
        int moof = new String(bytes, ISO_8859_1).indexOf("moof") - 4;
        int mdat = bytes.length - 3 * 50;

        assertThat(segment(bytes).firstSample()).isEqualTo(new ByteRange(moof, mdat + 50 - moof));
    }

    @Test
    void readsASegmentInsideALargerFile() throws Exception {
        byte[] first = Boxes.segment(0, 3, 1001, 50);
        byte[] second = Boxes.segment(3003, 2, 1001, 70);
        Path file = file(Boxes.join(first, second));
        InitFacts init = Mp4Reader.readInit(file(Boxes.videoInit(24_000, 0)));

        ByteRange range = new ByteRange(first.length, second.length);
        SegmentFacts facts = Mp4Reader.readSegment(file, range, init).get(1);

        assertThat(facts.decodeTime()).isEqualTo(3003);
        assertThat(facts.samples()).isEqualTo(2);
        assertThat(facts.bytes()).isEqualTo(second.length);
    }

    @Test
    void tellsASegmentThatDecodingCannotStartAt() throws Exception {
        assertThat(segment(Boxes.segmentWithoutKeyframe(0, 3, 1001, 50)).startsWithSync())
                .isFalse();
    }

    @Test
    void refusesASegmentCutInItsData() {
        byte[] bytes = Boxes.segment(0, 3, 1001, 50);

        assertThatThrownBy(() -> segment(Arrays.copyOf(bytes, bytes.length - 60)))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessageContaining("mdat");
    }

    @Test
    void refusesMoreSamplesThanThereIsDataFor() {
        byte[] bytes = Boxes.segment(0, 3, 1001, 50);
        int trun = new String(bytes, ISO_8859_1).indexOf("trun");
        ByteBuffer.wrap(bytes).putInt(trun + 8, 4);

        assertThatThrownBy(() -> segment(bytes)).hasMessageContaining("outside the segment");
    }

    @Test
    void refusesACountOfSamplesThatNeedsNoBytes() {
        byte[] bytes = Boxes.segment(0, 3, 1001, 0);
        int trun = new String(bytes, ISO_8859_1).indexOf("trun");
        ByteBuffer.wrap(bytes).putInt(trun + 8, 2_000_000_000);

        assertThatThrownBy(() -> segment(bytes)).hasMessageContaining("1000000 samples");
    }

    @Test
    void refusesAnEmptyFileAndOneWithoutMoov() {
        assertThatThrownBy(() -> Mp4Reader.readInit(file(new byte[0]))).hasMessageContaining("empty");
        assertThatThrownBy(() -> Mp4Reader.readInit(file(Boxes.box("free", new byte[4]))))
                .hasMessageContaining("moov");
    }

    @Test
    void damagedFilesAreRefusedOrReadButNeverBreakTheReader() throws Exception {
        byte[] init = Boxes.audioInit();
        byte[] segment = Boxes.segment(0, 3, 1001, 50);
        InitFacts good = Mp4Reader.readInit(file(init));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            Path damagedInit = Files.write(directory.resolve("init"), damaged(init, random));
            Path damagedSegment = Files.write(directory.resolve("segment"), damaged(segment, random));
            try {
                Mp4Reader.readInit(damagedInit);
                Mp4Reader.readSegment(damagedSegment, good);
            } catch (MalformedMediaException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(30, 299);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < 3; i++) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(copy, 1 + random.nextInt(copy.length)) : copy;
    }

    private String codec(byte[] entry) throws Exception {
        InitFacts init = Mp4Reader.readInit(file(Boxes.init("vide", 25, new byte[0], entry)));
        return init.tracks().get(0).format().codec();
    }

    private SampleFormat audio(byte[] entry) throws Exception {
        InitFacts init = Mp4Reader.readInit(file(Boxes.init("soun", 48_000, new byte[0], entry)));
        return init.tracks().get(0).format();
    }

    private SegmentFacts segment(byte[] bytes) throws Exception {
        InitFacts init = Mp4Reader.readInit(file(Boxes.videoInit(24_000, 0)));
        Map<Integer, SegmentFacts> facts = Mp4Reader.readSegment(file(bytes), init);
        assertThat(facts).containsOnlyKeys(1);
        return facts.get(1);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(directory, "t", ".mp4"), bytes);
    }
}
