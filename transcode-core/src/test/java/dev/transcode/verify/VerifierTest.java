package dev.transcode.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.contract.SampleMedia;
import dev.transcode.hls.HandmadePackage;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.media.MediaInfo;
import dev.transcode.verify.CheckResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check, broken on purpose. */
class VerifierTest {
    private static final String PLAYLIST = "v-720p/index.m3u8";
    private static final int[] FRAMES = {100, 100, 50};
    private static final int[] PACKETS = {188, 188, 94};
    private static final MediaInfo SOURCE =
            SampleMedia.of(320, 180).videoFrom(0, 10_000).audioFrom(0, 10_000).info();

    @TempDir
    private Path directory;

    private final FakeDecoder decoder = new FakeDecoder();
    private MediaInfo source = SOURCE;
    private HandmadePackage film;

    @BeforeEach
    void makeFilm() throws IOException {
        film = HandmadePackage.film(Files.createDirectory(directory.resolve("film")));
    }

    @Test
    void aGoodPackagePassesEveryCheck() throws IOException {
        Verdict verdict = verify();

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.isOk()).isTrue();
        assertThat(verdict.count(Outcome.SKIPPED)).isZero();
        assertThat(verdict.count(Outcome.OK)).isEqualTo(17);
        assertThat(verdict.checks())
                .extracting(check -> check.check() + ": " + check.detail())
                .containsExactly(
                        "files: 16 files",
                        "playlists: 5 playlists",
                        "boxes: 12 segments",
                        "target-duration: 4 playlists",
                        "segment-length: 12 segments",
                        "extinf: 12 segments",
                        "grid: 2 renditions",
                        "starts-and-ends: 4 tracks",
                        "length: 4 renditions",
                        "frames: 4 renditions",
                        "bandwidth: 4 rates",
                        "codecs: 2 variants",
                        "audio-groups: 2 groups",
                        "keyframes: 6 ranges",
                        "mp4: 2 files",
                        "decode: 4 tracks",
                        "picture: 2 renditions");
        verdict.throwIfFailed();
    }

    @Test
    void theFailureSaysWhichCheckWhereWhatWasExpectedAndFound() throws IOException {
        film.edit(PLAYLIST, text -> text.replaceFirst("EXTINF:4.000000", "EXTINF:3.960000"));

        assertThatThrownBy(verify()::throwIfFailed)
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.VERIFY_FAILED))
                .hasMessage("cannot publish the output: extinf: r-1a2b3c4d-7/v-720p/s00000.m4s: "
                        + "expected 4.000 s in its boxes, found EXTINF 3.960 s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            playlists       | v-720p/index.m3u8  | #EXT-X-ENDLIST                   | ''                         | EXT-X-ENDLIST                                           | none: players wait for more segments
            playlists       | a-96k/index.m3u8   | #EXT-X-PLAYLIST-TYPE:VOD         | ''                         | EXT-X-PLAYLIST-TYPE:VOD                                 | none
            playlists       | v-480p/index.m3u8  | #EXT-X-PLAYLIST-TYPE:VOD         | #EXT-X-PLAYLIST-TYPE:EVENT | EXT-X-PLAYLIST-TYPE:VOD                                 | EVENT
            playlists       | v-720p/index.m3u8  | #EXT-X-MAP:URI="init.mp4"        | ''                         | EXT-X-MAP before s00000.m4s                             | none
            playlists       | v-720p/index.m3u8  | #EXT-X-MEDIA-SEQUENCE:0          | #EXT-X-MEDIA-SEQUENCE:5    | EXT-X-MEDIA-SEQUENCE:0                                  | 5
            playlists       | v-480p/index.m3u8  | #EXTM3U                          | garbage                    | a playlist                                              | line 1: is not #EXTM3U
            files           | v-720p/index.m3u8  | s00001.m4s                       | s00007.m4s                 | a segment                                               | nothing
            files           | v-720p/index.m3u8  | init.mp4                         | none.mp4                   | an initialization section                               | nothing
            files           | master.m3u8        | v-480p/index.m3u8                | v-360p/index.m3u8          | a playlist                                              | nothing
            length          | master.m3u8        | v-480p/index.m3u8                | v-720p/index.m3u8          | a rendition in the playlists                            | none
            target-duration | v-720p/index.m3u8  | TARGETDURATION:4                 | TARGETDURATION:3           | at most the target duration of 3 s                      | 4.000 s
            target-duration | v-480p/index.m3u8  | TARGETDURATION:4                 | TARGETDURATION:5           | one target duration                                     | [4, 5]
            extinf          | a-128k/index.m3u8  | EXTINF:4.010667                  | EXTINF:4.000000            | 4.010667 s in its boxes                                    | EXTINF 4.000 s
            bandwidth       | master.m3u8        | :BANDWIDTH=96439                 | :BANDWIDTH=97500           | 96439 bit/s measured                                    | BANDWIDTH 97500 bit/s
            bandwidth       | master.m3u8        | :BANDWIDTH=96439                 | :BANDWIDTH=95400           | 96439 bit/s measured                                    | BANDWIDTH 95400 bit/s
            bandwidth       | master.m3u8        | AVERAGE-BANDWIDTH=               | AVERAGE-BANDWIDTH=1        | 95896 bit/s measured                                    | AVERAGE-BANDWIDTH 195896 bit/s
            bandwidth       | master.m3u8        | AVERAGE-BANDWIDTH=               | X-AVERAGE=                 | AVERAGE-BANDWIDTH 95896 bit/s                           | none
            codecs          | master.m3u8        | avc1.640028,                     | avc1.4D401F,               | CODECS with avc1.640028                                 | "avc1.4D401F,mp4a.40.2"
            codecs          | master.m3u8        | ,mp4a.40.2                       | ''                         | CODECS with mp4a.40.2                                   | "avc1.640028"
            codecs          | master.m3u8        | ,mp4a.40.2                       | ,mp4a.40.2,ac-3            | avc1.640028,mp4a.40.2 and no more                       | "avc1.640028,mp4a.40.2,ac-3"
            codecs          | master.m3u8        | RESOLUTION=320x180               | RESOLUTION=640x360         | RESOLUTION 320x180                                      | 640x360
            codecs          | master.m3u8        | RESOLUTION=320x180               | X-SIZE=320x180             | RESOLUTION 320x180                                      | none
            codecs          | master.m3u8        | FRAME-RATE=25.000                | FRAME-RATE=24.000          | FRAME-RATE 25.000                                       | 24.000
            codecs          | master.m3u8        | FRAME-RATE=25.000                | X-RATE=25.000              | FRAME-RATE 25.000                                       | none
            audio-groups    | master.m3u8        | AUDIO="a-96k"                    | AUDIO="a-32k"              | an EXT-X-MEDIA of the group a-32k                       | none
            audio-groups    | master.m3u8        | AUDIO="a-96k"                    | AUDIO="a-128k"             | a variant that uses the group                           | none
            audio-groups    | master.m3u8        | ,AUDIO="a-96k"                   | ''                         | a group of sound as other variants have                 | none: it would be silent
            audio-groups    | master.m3u8        | ID="a-96k"                       | ID="a-128k"                | names that differ                                       | "English" twice
            audio-groups    | master.m3u8        | ID="a-96k"                       | ID="a-128k"                | one DEFAULT=YES at most                                 | 2
            audio-groups    | master.m3u8        | ID="a-96k",NAME="English"        | ID="a-96k",NAME="Deutsch"  | the names [English] as in the first group               | [Deutsch]
            keyframes       | v-720p/iframe.m3u8 | EXT-X-I-FRAMES-ONLY              | EXT-X-NOTHING              | EXT-X-I-FRAMES-ONLY                                     | none
            keyframes       | v-720p/iframe.m3u8 | BYTERANGE:512@68                 | BYTERANGE:511@68           | 512@68, from the fragment's start to the keyframe's end | 511@68
            keyframes       | v-720p/iframe.m3u8 | #EXT-X-BYTERANGE:512@68          | ''                         | a range of s00001.m4s                                   | none
            keyframes       | v-720p/iframe.m3u8 | s00001.m4s                       | s00009.m4s                 | a segment of the package                                | s00009.m4s
            keyframes       | master.m3u8        | I-FRAME-STREAM-INF:BANDWIDTH=848 | NOTHING:BANDWIDTH=848      | 2 I-frame playlists                                     | 1
            """)
    void aPlaylistThatLiesFails(String check, String key, String from, String to, String expected, String found)
            throws IOException {
        film.edit(key, replacing(from, to));

        assertFails(check, "", expected, found);
    }

    @Test
    void aPlaylistWithoutSegmentsFails() throws IOException {
        film.edit("a-96k/index.m3u8", text -> text.replaceAll("#EXTINF:.*\\n.*\\n", ""));

        assertFails("playlists", "a-96k/index.m3u8", "none");
    }

    @Test
    void aMissingSegmentFails() throws IOException {
        Files.delete(film.file("v-480p/s00001.m4s"));

        assertFails("files", "v-480p/s00001.m4s", "nothing");
    }

    @Test
    void anEmptySegmentFails() throws IOException {
        Files.write(film.file("a-96k/s00002.m4s"), new byte[0]);

        assertFails("files", "a-96k/s00002.m4s", "an empty file");
    }

    @Test
    void aTruncatedSegmentFails() throws IOException {
        Path segment = film.file("v-720p/s00001.m4s");
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length / 2));

        assertFails("boxes", "v-720p/s00001.m4s", "bytes where");
    }

    @Test
    void editsThatPlayersIgnoreFail() throws IOException {
        film.editList(100, -1, 0, 0);

        assertFails("boxes", PLAYLIST, "media_time -1");
        assertFails("boxes", PLAYLIST, "2");
    }

    @Test
    void aGapBetweenSegmentsFails() throws IOException {
        film.move("v-720p/s00001.m4s", 51_200 + 512, 100);

        assertFails("boxes", "v-720p/s00001.m4s", "51712");
        assertFails("grid", "v-480p/s00001.m4s", "4.000 s");
    }

    @Test
    void aGapWithinASegmentFails() throws IOException {
        film.split("v-720p/s00001.m4s", 51_200, 100, 0);
        assertThat(verify().violations())
                .noneMatch(violation -> violation.check().equals("boxes"));

        film.split("v-720p/s00001.m4s", 51_200, 100, 512);
        assertFails("boxes", "v-720p/s00001.m4s", "fragments one after the other", "a gap between them");
    }

    @Test
    void aSegmentThatDoesNotStartWithAKeyframeFails() throws IOException {
        film.loseKeyframe("v-720p/s00001.m4s", 51_200, 100);

        assertFails("boxes", "v-720p/s00001.m4s", "a frame that needs another");
    }

    @Test
    void offsetsThatDoNotCountFromTheFragmentFail() throws IOException {
        film.loseBase("v-720p/s00001.m4s");

        assertFails("boxes", "v-720p/s00001.m4s", "offsets from elsewhere");
    }

    @Test
    void aShiftedRenditionFails() throws IOException {
        film.move("v-480p/s00000.m4s", 12_800, 100);
        film.move("v-480p/s00001.m4s", 64_000, 100);
        film.move("v-480p/s00002.m4s", 115_200, 50);

        assertFails("starts-and-ends", "v-480p/index.m3u8", "a start at 0.000 s as r-1a2b3c4d-7/v-720p", "1.000 s");
        assertFails("starts-and-ends", "v-480p/index.m3u8", "an end at 10.000 s as r-1a2b3c4d-7/v-720p", "11.000 s");
        assertFails("grid", "v-480p/s00000.m4s", "1.000 s");
    }

    @Test
    void swappedRenditionsFail() throws IOException {
        for (String file : new String[] {"init.mp4", "s00000.m4s", "s00001.m4s", "s00002.m4s"}) {
            film.swap("v-720p/" + file, "v-480p/" + file);
        }

        assertFails("frames", PLAYLIST, "160x90");
        assertFails("codecs", PLAYLIST, "320x180");
        assertFails("bandwidth", PLAYLIST, "BANDWIDTH");
    }

    @Test
    void aCutRenditionFails() throws IOException {
        film.edit(PLAYLIST, text -> text.replaceFirst("#EXTINF:2.000000,\ns00002.m4s\n", ""));

        assertFails("length", PLAYLIST, "8.000 s");
        assertFails("frames", PLAYLIST, "200 frames");
        assertFails("grid", "v-480p/index.m3u8", "3 segments");
        assertFails("starts-and-ends", "v-480p/index.m3u8", "10.000 s");
    }

    @Test
    void aFilmShorterThanItsSourceFails() throws IOException {
        film = made(new int[] {100, 100, 25}, new int[] {188, 188, 47});

        assertFails("length", PLAYLIST, "9.000 s");
        assertFails("frames", PLAYLIST, "225 frames");
    }

    @Test
    void aPlanShorterThanItsSourceFails() throws IOException {
        source = SampleMedia.of(320, 180)
                .videoFrom(0, 12_000)
                .audioFrom(0, 12_000)
                .info();

        assertFails("length", PLAYLIST, "the source's 12.000 s", "10.000 s");
        assertFails("length", "a-128k/index.m3u8", "the source's 12.000 s", "10.005333 s");
    }

    @Test
    void oneFrameTooFewFails() throws IOException {
        film = made(new int[] {100, 100, 49}, PACKETS);

        assertFails("frames", PLAYLIST, "249 frames");
    }

    @Test
    void soundThatEndsEarlyFails() throws IOException {
        film = made(FRAMES, new int[] {188, 188, 85});

        assertFails("starts-and-ends", "a-128k/index.m3u8", "9.81");
    }

    @Test
    void renditionsThatAreCutAtOtherTimesFail() throws IOException {
        film = HandmadePackage.of(
                Files.createDirectory(directory.resolve("other")), FRAMES, new int[] {90, 110, 50}, PACKETS);

        assertFails("grid", "v-480p/s00001.m4s", "3.600 s");
    }

    @Test
    void anMp4ThatStartsLateOrHoldsSomethingElseFails() throws IOException {
        film.progressive("720p.mp4", false, 320, true, 10);
        assertFails("mp4", "720p.mp4", "mdat first");
        film.progressive("720p.mp4", true, 160, true, 10);
        assertFails("mp4", "720p.mp4", "160x90");
        film.progressive("720p.mp4", true, 320, false, 10);
        assertFails("mp4", "720p.mp4", "none");
        film.progressive("720p.mp4", true, 320, true, 9);
        assertFails("mp4", "720p.mp4", "9.000 s");
        Files.write(film.file("720p.mp4"), Arrays.copyOf(Files.readAllBytes(film.file("720p.mp4")), 1_000));
        assertFails("mp4", "720p.mp4", "are left");
        Files.delete(film.file("720p.mp4"));
        assertFails("mp4", "720p.mp4", "nothing");
    }

    @Test
    void aSegmentThatDoesNotDecodeFails() throws IOException {
        decoder.complaint = Optional.of("error while decoding MB 3 4");

        assertFails("decode", PLAYLIST, "MB 3 4");
    }

    @Test
    void framesThatDoNotComeOutFail() throws IOException {
        decoder.frames = 149;

        assertFails("decode", PLAYLIST, "149");
    }

    @Test
    void aMiddleSegmentWhoseKeyframesDoNotDecodeFails() throws IOException {
        decoder.middleComplaint = Optional.of("error while decoding MB 5 6");
        assertFails("decode", PLAYLIST, "MB 5 6");

        decoder.middleComplaint = Optional.empty();
        decoder.keyframes = 0;
        assertFails("decode", PLAYLIST, "no keyframe came out of its middle segment");
    }

    @Test
    void aFilmThatBeginsAndEndsInTheDarkIsToldByItsMiddle() throws IOException {
        decoder.rendition = FakeDecoder.BLACK;
        decoder.middle = Optional.of(FakeDecoder.FILM);

        assertThat(verify().violations()).isEmpty();
        assertThat(decoder.looked).isEmpty();
    }

    @Test
    void aBlackRenditionFailsUnlessTheSourceIsBlackToo() throws IOException {
        decoder.rendition = FakeDecoder.BLACK;
        decoder.source = FakeDecoder.FILM;
        assertFails("picture", PLAYLIST, "a blank one");
        assertThat(decoder.looked).containsExactly(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(8));

        decoder.source = FakeDecoder.BLACK;
        assertThat(verify().violations()).isEmpty();
    }

    @Test
    void aFrozenRenditionFailsUnlessTheSourceIsStillToo() throws IOException {
        decoder.rendition = FakeDecoder.STILL;
        decoder.source = FakeDecoder.FILM;
        assertFails("picture", PLAYLIST, "a frozen picture");

        decoder.source = FakeDecoder.STILL;
        assertThat(verify().violations()).isEmpty();
    }

    @Test
    void theSourceIsNotDecodedWithoutASuspicion() throws IOException {
        verify();

        assertThat(decoder.looked).isEmpty();
    }

    @Test
    void aForeignPackageIsNotHeldToWhatOnlyWePromise() throws IOException {
        film.edit(PLAYLIST, replacing("#EXT-X-PLAYLIST-TYPE:VOD", ""));
        film.edit("master.m3u8", replacing("FRAME-RATE=25.000", "X-RATE=25.000"));

        Verdict verdict = foreign("master.m3u8", Optional.empty());

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.checks())
                .filteredOn(check -> check.outcome() == Outcome.SKIPPED)
                .extracting(CheckResult::check)
                .containsExactly("length", "frames", "mp4", "decode", "picture");
    }

    /** AAC in MP4 keeps to itself whether it is HE-AAC; case is no matter. */
    @Test
    void aForeignPackageMayWriteCodecsAnotherWay() throws IOException {
        film.edit("master.m3u8", replacing("avc1.640028,mp4a.40.2", "AVC1.640028,mp4a.40.5"));
        Verdict verdict = foreign("master.m3u8", Optional.empty());
        assertThat(verdict.violations()).isEmpty();

        assertFails("codecs", PLAYLIST, "CODECS with mp4a.40.2", "\"AVC1.640028,mp4a.40.5\"");
    }

    /** A whole fragment holds its keyframe too; where a keyframe lies within a fragment is not looked for. */
    @Test
    void aForeignPackageMayNameMoreThanTheKeyframe() throws IOException {
        film.edit("v-720p/iframe.m3u8", replacing("BYTERANGE:512@68", "BYTERANGE:900@68"));
        assertThat(foreign("master.m3u8", Optional.empty()).violations()).isEmpty();
        assertFails("keyframes", "v-720p/iframe.m3u8 s00000.m4s", "512@68", "900@68");
    }

    @Test
    void aForeignPackageMustNameTheWholeKeyframe() throws IOException {
        film.edit("v-720p/iframe.m3u8", replacing("BYTERANGE:512@68", "BYTERANGE:511@68"));

        assertThat(foreign("master.m3u8", Optional.empty()).violations())
                .isNotEmpty()
                .allMatch(violation -> violation.check().equals("keyframes"));
    }

    @Test
    void aMediaPlaylistAloneHasNoGroupsFormatsOrRates() throws IOException {
        Verdict verdict = foreign(HandmadePackage.RUN + "/" + PLAYLIST, Optional.empty());

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.checks())
                .filteredOn(check -> check.outcome() == Outcome.SKIPPED)
                .extracting(CheckResult::check)
                .contains("audio-groups", "codecs", "bandwidth", "grid");
    }

    /** Nobody can tell then whether it is the film that stands still. */
    @Test
    void aForeignPackageThatStandsStillIsNotJudged() throws IOException {
        decoder.rendition = FakeDecoder.STILL;

        Verdict verdict = foreign("master.m3u8", Optional.of(decoder));

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.checks())
                .filteredOn(check -> check.check().equals("picture"))
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("frozen where it was looked at"));
    }

    @Test
    void whereNothingIsThereNothingIsVerified() throws IOException {
        LocalPackage published = new LocalPackage(film.publish());

        assertThatThrownBy(() -> new Verifier(Optional.empty())
                        .verify(published, published.address("none.m3u8"), scratch(), new Cancellation()))
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.INPUT_NOT_FOUND));
    }

    private HandmadePackage made(int[] frames, int[] packets) throws IOException {
        return HandmadePackage.of(Files.createDirectory(directory.resolve("other")), frames, packets);
    }

    private static UnaryOperator<String> replacing(String from, String to) {
        return text -> text.replace(from, to);
    }

    private void assertFails(String check, String where, String found) throws IOException {
        assertFails(check, where, violation -> assertThat(violation.found()).contains(found));
    }

    private void assertFails(String check, String where, String expected, String found) throws IOException {
        assertFails(check, where, violation -> {
            assertThat(violation.expected()).contains(expected);
            assertThat(violation.found()).isEqualTo(found);
        });
    }

    private void assertFails(String check, String where, Consumer<Violation> how) throws IOException {
        Verdict verdict = verify();
        assertThat(verdict.isOk()).isFalse();
        assertThat(verdict.violations()).anySatisfy(violation -> {
            assertThat(violation.check()).isEqualTo(check);
            assertThat(violation.where()).contains(where);
            how.accept(violation);
        });
    }

    private Verdict verify() throws IOException {
        Verifier.Output output = new Verifier.Output(film.plan, source, Path.of("source"), film.made(), film.layout);
        return new Verifier(Optional.of(decoder)).verify(output, scratch(), new Cancellation());
    }

    /** As if somebody else had made it: without a plan, a report or a source. */
    private Verdict foreign(String key, Optional<SampleDecoder> sampleDecoder) throws IOException {
        LocalPackage published = new LocalPackage(film.publish());
        return new Verifier(sampleDecoder).verify(published, published.address(key), scratch(), new Cancellation());
    }

    private Path scratch() throws IOException {
        return Files.createTempDirectory(directory, "scratch");
    }
}
