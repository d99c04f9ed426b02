package dev.transcode.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.FrameRate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsPackagerTest {
    private static final String RUN = "r-1a2b3c4d-7";

    @TempDir
    Path directory;

    private Path work;
    private FakeEncode encoder;

    @BeforeEach
    void makeWork() throws IOException {
        work = Files.createDirectory(directory.resolve("package"));
        encoder = new FakeEncode(Files.createDirectory(directory.resolve("encode")));
    }

    @Test
    void aFilmBecomesAPackage() throws Exception {
        encoder.video("v0", 1000, 100, 100, 50).video("v1", 500, 100, 100, 50);
        encoder.audio("a0", 340, 188, 188, 94).audio("a1", 256, 188, 188, 94);

        HlsPackage made = pack(Plans.film(), Optional.empty());

        assertThat(text(made, "master.m3u8")).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a-128k",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="r-1a2b3c4d-7/a-128k/index.m3u8"
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a-96k",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="r-1a2b3c4d-7/a-96k/index.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=329263,AVERAGE-BANDWIDTH=328636,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO="a-128k",CLOSED-CAPTIONS=NONE
                        r-1a2b3c4d-7/v-720p/index.m3u8
                        #EXT-X-STREAM-INF:BANDWIDTH=197595,AVERAGE-BANDWIDTH=197069,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO="a-96k",CLOSED-CAPTIONS=NONE
                        r-1a2b3c4d-7/v-480p/index.m3u8
                        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=2448,AVERAGE-BANDWIDTH=1469,CODECS="avc1.640028",RESOLUTION=640x360,URI="r-1a2b3c4d-7/v-480p/iframe.m3u8"
                        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=4448,AVERAGE-BANDWIDTH=2669,CODECS="avc1.640028",RESOLUTION=640x360,URI="r-1a2b3c4d-7/v-720p/iframe.m3u8"
                        """);
        assertThat(text(made, RUN + "/a-128k/index.m3u8")).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:4
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MAP:URI="init.mp4"
                        #EXTINF:3.989333,
                        s00000.m4s
                        #EXTINF:4.010667,
                        s00001.m4s
                        #EXTINF:2.005333,
                        s00002.m4s
                        #EXT-X-ENDLIST
                        """);
        assertThat(made.files())
                .extracting(PackagedFile::key)
                .startsWith(RUN + "/v-720p/init.mp4", RUN + "/v-720p/s00000.m4s")
                .endsWith("720p.mp4", "480p.mp4", "master.m3u8")
                .doesNotHaveDuplicates();
        assertThat(made.files()).allMatch(file -> Files.isRegularFile(file.file()));
        assertThat(made.playlist()).isEqualTo(PlaylistParser.parse(text(made, "master.m3u8")));
    }

    @Test
    void theFactsAreMeasured() throws Exception {
        encoder.video("v0", 1000, 100, 100, 50).video("v1", 500, 100, 100, 50);

        RenditionFacts facts = pack(Plans.video(FrameRate.of(25), 250, List.of()), Optional.empty())
                .renditions()
                .get(0);

        assertThat(facts.name()).isEqualTo("720p");
        assertThat(facts.isVideo()).isTrue();
        assertThat(facts.samples()).isEqualTo(250);
        assertThat(facts.duration()).isEqualTo(Duration.ofSeconds(10));
        assertThat(facts.frameRate()).hasValue(25);
        assertThat(facts.segments())
                .extracting(RenditionFacts.SegmentSize::duration)
                .containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(2));
        assertThat(facts.averageBitrate()).isBetween(200_000L, 202_000L);
        assertThat(facts.bytes()).isGreaterThan(250_000);
    }

    @Test
    void withoutSoundNoVariantNamesAGroup() throws Exception {
        encoder.video("v0", 1000, 100, 50).video("v1", 500, 100, 50);

        HlsPackage made = pack(Plans.video(FrameRate.of(25), 150, List.of()), Optional.empty());

        assertThat(made.playlist().media()).isEmpty();
        assertThat(made.playlist().variants()).allMatch(v -> v.audio().isEmpty());
        assertThat(made.playlist().variants().get(0).codecs()).containsExactly("avc1.640028");
    }

    @Test
    void soundAloneIsAVariantOfItsOwn() throws Exception {
        encoder.audio("a0", 340, 188, 188, 1);

        HlsPackage made = pack(Plans.soundAlone(Duration.ofSeconds(8)), Optional.empty());

        assertThat(text(made, "master.m3u8")).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-STREAM-INF:BANDWIDTH=128543,AVERAGE-BANDWIDTH=128258,CODECS="mp4a.40.2"
                        r-1a2b3c4d-7/a-128k/index.m3u8
                        """);
        assertThat(made.files()).extracting(PackagedFile::key).contains("audio.mp4");
        assertThat(made.files().get(0).kind()).isEqualTo(FileKind.AUDIO_INIT);
        assertThat(encoder.remuxed).singleElement().asString().endsWith("a0.mp4");
    }

    @Test
    void aShortTailIsJoinedInAllPicturesAndItsIndexGoes() throws Exception {
        encoder.video("v0", 1000, 100, 100, 12).video("v1", 500, 100, 100, 12);

        HlsPackage made = pack(Plans.video(FrameRate.of(25), 212, List.of()), Optional.empty());

        for (String folder : List.of("/v-720p/", "/v-480p/")) {
            MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse(text(made, RUN + folder + "index.m3u8"));
            assertThat(playlist.segments())
                    .extracting(Segment::duration)
                    .containsExactly(Duration.ofSeconds(4), Duration.ofMillis(4480));
            assertThat(playlist.targetDuration()).isEqualTo(4);
        }
        Path joined = file(made, RUN + "/v-720p/s00001.m4s");
        assertThat(Files.readString(joined, ISO_8859_1)).contains("styp").doesNotContain("sidx");
        assertThat(made.files()).extracting(PackagedFile::key).doesNotContain(RUN + "/v-720p/s00002.m4s");
        assertThat(made.renditions().get(0).samples()).isEqualTo(212);
    }

    @Test
    void aJoinedSegmentMayRaiseTheTargetDurationOfAllPlaylists() throws Exception {
        encoder.video("v0", 1000, 100, 100).video("v1", 500, 100, 100).audio("a0", 340, 188, 188, 23);

        HlsPackage made = pack(Plans.video(FrameRate.of(25), 200, List.of(Plans.audio("128k", ""))), Optional.empty());

        for (String folder : List.of("/v-720p/", "/v-480p/", "/a-128k/")) {
            assertThat(text(made, RUN + folder + "index.m3u8")).contains("#EXT-X-TARGETDURATION:5\n");
        }
    }

    @Test
    void withABaseNoUriIsRelative() throws Exception {
        encoder.video("v0", 1000, 100, 50).video("v1", 500, 100, 50).audio("a0", 340, 188, 94);
        EncodePlan plan = Plans.video(FrameRate.of(25), 150, List.of(Plans.audio("128k", "")));

        HlsPackage made = pack(plan, Optional.of(URI.create("https://example.com/films")));

        for (PackagedFile file : made.files()) {
            if (file.key().endsWith(".m3u8")) {
                assertThat(Files.readAllLines(file.file()))
                        .filteredOn(line -> line.contains("URI=") || !line.startsWith("#"))
                        .isNotEmpty()
                        .allMatch(line -> line.contains("https://example.com/films/" + RUN + "/"));
            }
        }
    }

    @Test
    void tracksAreJoinedForTheirMp4AndTheirRoomGivenBack() throws Exception {
        encoder.video("v0", 1000, 100, 50).video("v1", 500, 100, 50).audio("a0", 340, 188, 94);

        HlsPackage made = pack(Plans.video(FrameRate.of(25), 150, List.of(Plans.audio("128k", ""))), Optional.empty());

        long bytes = Files.size(file(made, RUN + "/v-720p/init.mp4"))
                + Files.size(file(made, RUN + "/v-720p/s00000.m4s"))
                + Files.size(file(made, RUN + "/v-720p/s00001.m4s"));
        assertThat(encoder.remuxed).hasSize(2);
        assertThat(encoder.batches).containsExactly(2);
        assertThat(encoder.remuxed.get(0)).startsWith("v0-whole.mp4 " + bytes + " -> a0-whole.mp4");
        try (var files = Files.list(work)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith("-whole.mp4"));
        }
    }

    /** Both at once would need the room of the whole film a third time. */
    @Test
    void largeRungsAreRemuxedOneAfterTheOther() throws Exception {
        encoder.video("v0", 500_000, 100, 50).video("v1", 500, 100, 50).audio("a0", 340, 188, 94);

        pack(Plans.video(FrameRate.of(25), 150, List.of(Plans.audio("128k", ""))), Optional.empty());

        assertThat(encoder.batches).containsExactly(1, 1);
        try (var files = Files.list(work)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith("-whole.mp4"));
        }
    }

    @Test
    void anEmptyEditIsRefused() throws Exception {
        byte[] init = Boxes.init(
                "vide", 12_800, Boxes.edits(40, -1, 0, 1024), Boxes.videoEntry("avc1", 640, 360, Boxes.AVCC));
        encoder.track("v0", init, 512, 1000, 100).video("v1", 500, 100);

        assertRefused("v0/init.mp4: 2 edits");
    }

    @Test
    void picturesThatWereNotCutAlikeAreRefused() throws Exception {
        encoder.video("v0", 1000, 100, 100, 100, 50).video("v1", 500, 100, 100);

        assertRefused("not cut alike");
    }

    @Test
    void aSegmentWithoutKeyframeIsRefused() throws Exception {
        encoder.video("v0", 1000, 100, 50).video("v1", 500, 100, 50);
        Files.write(directory.resolve("encode/v1/s00001.m4s"), Boxes.segmentWithoutKeyframe(51_200, 50, 512, 500));

        assertRefused("v1/s00001.m4s: the first frame is no keyframe");
    }

    @Test
    void aCancelledJobStops() throws Exception {
        encoder.video("v0", 1000, 100, 50).video("v1", 500, 100, 50);
        EncodePlan plan = Plans.video(FrameRate.of(25), 150, List.of());
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> new HlsPackager(encoder)
                        .pack(plan, encoder.media(), layout(plan, Optional.empty()), work, cancellation))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("cancelled");
    }

    private void assertRefused(String reason) {
        EncodePlan plan = Plans.video(FrameRate.of(25), 250, List.of());
        assertThatThrownBy(() -> pack(plan, Optional.empty()))
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.ENCODE_FAILED))
                .hasMessageContaining(reason);
    }

    private HlsPackage pack(EncodePlan plan, Optional<URI> base) {
        return new HlsPackager(encoder).pack(plan, encoder.media(), layout(plan, base), work, new Cancellation());
    }

    private static HlsLayout layout(EncodePlan plan, Optional<URI> base) {
        return HlsLayout.of(plan, RUN, base);
    }

    private static String text(HlsPackage made, String key) throws IOException {
        return Files.readString(file(made, key));
    }

    private static Path file(HlsPackage made, String key) {
        for (PackagedFile file : made.files()) {
            if (file.key().equals(key)) {
                return file.file();
            }
        }
        throw new AssertionError("no file " + key);
    }
}
