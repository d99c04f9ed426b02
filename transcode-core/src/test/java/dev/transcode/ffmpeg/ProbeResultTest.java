package dev.transcode.ffmpeg;

import static dev.transcode.media.FindingCode.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FindingCode;
import dev.transcode.media.MediaInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeResultTest {
    private static final StreamHeader VIDEO = SampleStreams.video("1/25", "25/1");
    private static final StreamHeader AUDIO = SampleStreams.audio(1, 48_000);

    @Test
    void aPlainFilmHasNoFindings() {
        Film film = new Film(VIDEO, AUDIO).frames(0, 0, 50).sound(1, 0, 96_000);

        MediaInfo media = film.probe();

        assertThat(media.findings()).isEmpty();
        assertThat(media.duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(media.video().orElseThrow().scan().packets()).isEqualTo(50);
        assertThat(media.mainAudio().orElseThrow().index()).isEqualTo(1);
    }

    @Test
    void everyOddityOfAPictureIsTold() {
        Color hlg = new Color("pc", "bt2020nc", "bt2020", "arib-std-b67");
        VideoHeader odd =
                new VideoHeader(721, 576, 16, 15, 90, "", "yuv422p10le", hlg, FieldOrder.BOTTOM_FIRST, null, null);
        Film film = new Film(SampleStreams.video(odd), AUDIO).frames(0, 0, 50).sound(1, 0, 96_000);

        MediaInfo media = film.probe();

        assertThat(codes(media))
                .containsExactly(
                        ROTATED, ANAMORPHIC, ODD_SIZE, INTERLACED, HDR, HIGH_BIT_DEPTH, CHROMA_SUBSAMPLING, FULL_RANGE);
        assertThat(media.findings().get(1).toString())
                .isEqualTo("anamorphic: stored as 721x576 with pixels of 16:15; made square pixels, 576x769");
    }

    @Test
    void everyOddityOfSoundIsTold() {
        Film surround = new Film(VIDEO, SampleStreams.audio(1, 44_100, 6, true))
                .frames(0, 0, 50)
                .sound(1, 0, 88_200);
        Film mono = new Film(VIDEO, SampleStreams.audio(1, 48_000, 1, true))
                .frames(0, 0, 50)
                .sound(1, 0, 96_000);
        Film silent = new Film(VIDEO).frames(0, 0, 50);
        Film radio = new Film(AUDIO).sound(1, 0, 96_000);

        assertThat(codes(surround.probe())).containsExactly(CHANNELS_DOWNMIXED, SAMPLE_RATE_CONVERTED);
        assertThat(codes(mono.probe())).containsExactly(CHANNELS_UPMIXED);
        assertThat(codes(silent.probe())).containsExactly(NO_AUDIO);
        assertThat(codes(radio.probe())).containsExactly(AUDIO_ONLY);
    }

    @Test
    void tracksThatAreNotUsedAreTold() {
        StreamHeader cover = SampleStreams.with(VIDEO, 2, Duration.ZERO, 0, true);
        StreamHeader second = SampleStreams.with(VIDEO, 3, Duration.ofSeconds(2), 50, false);
        StreamHeader apac = SampleStreams.audio(5, 48_000, 4, false);
        Film film = new Film(
                        VIDEO,
                        AUDIO,
                        cover,
                        second,
                        SampleStreams.audio(4, 48_000),
                        apac,
                        SampleStreams.other(6, StreamHeader.Kind.SUBTITLE, "mov_text"),
                        SampleStreams.other(7, StreamHeader.Kind.DATA, "bin_data"))
                .frames(0, 0, 50)
                .frames(3, 0, 50)
                .sound(1, 0, 96_000)
                .sound(4, 0, 96_000)
                .sound(5, 0, 96_000);

        MediaInfo media = film.probe();

        assertThat(codes(media))
                .containsExactly(
                        COVER_ART_IGNORED,
                        VIDEO_TRACKS_IGNORED,
                        AUDIO_TRACKS_IGNORED,
                        AUDIO_TRACKS_IGNORED,
                        SUBTITLES_IGNORED,
                        DATA_IGNORED);
        assertThat(media.findings().get(3).observed()).isEqualTo("sound that cannot be decoded: stream 5 (apac)");
        assertThat(media.audio()).hasSize(2);
    }

    @Test
    void emptyTracksAreNotChosen() {
        StreamHeader second = SampleStreams.with(VIDEO, 2, Duration.ofSeconds(2), 50, false);
        Film film = new Film(VIDEO, AUDIO, second).frames(2, 0, 50);

        MediaInfo media = film.probe();

        assertThat(media.video().orElseThrow().index()).isEqualTo(2);
        assertThat(codes(media)).containsExactly(NO_AUDIO, VIDEO_TRACKS_IGNORED);
    }

    @Test
    void differencesInTimeAreTold() {
        assertThat(codes(new Film(VIDEO, AUDIO)
                        .frames(0, 25, 50)
                        .sound(1, 48_000, 96_000)
                        .probe()))
                .containsExactly(START_OFFSET_REMOVED);
        assertThat(codes(new Film(VIDEO, AUDIO)
                        .frames(0, 0, 50)
                        .sound(1, 4_800, 91_200)
                        .probe()))
                .containsExactly(AUDIO_LATE);
        assertThat(codes(new Film(VIDEO, AUDIO)
                        .frames(0, 1, 50)
                        .sound(1, 0, 96_000)
                        .probe()))
                .containsExactly(VIDEO_LATE);
        assertThat(codes(new Film(VIDEO, AUDIO)
                        .frames(0, 0, 50)
                        .sound(1, 0, 57_600)
                        .probe()))
                .containsExactly(AUDIO_SHORTER);
    }

    @Test
    void aHeadersDurationIsComparedButDoesNotFail() {
        Film film = new Film(VIDEO, AUDIO).frames(0, 0, 50).sound(1, 0, 96_000);

        assertThat(codes(film.claims(Duration.ofDays(2)).probe())).containsExactly(HEADER_DURATION_WRONG);
        assertThat(codes(film.claims(Duration.ofMillis(2_400)).probe())).isEmpty();
        assertThat(codes(film.claims(null).probe())).containsExactly(HEADER_DURATION_MISSING);
    }

    @Test
    void anMp4WhoseSampleTableListsMoreThanThereIsIsTruncated() {
        StreamHeader promised = SampleStreams.with(VIDEO, 0, Duration.ofSeconds(4), 100, false);
        Film half = new Film(promised).frames(0, 0, 50).container("mov,mp4,m4a,3gp,3g2,mj2");

        assertThatThrownBy(half::probe)
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TRUNCATED_INPUT))
                .hasMessage("cannot use the file: it ends early, stream 0 (h264) should last 4.00 s and holds 2.00 s");
    }

    @Test
    void anMp4ThatShowsOnlyAPartOfItsSamplesIsWhole() {
        StreamHeader promised = SampleStreams.with(VIDEO, 0, Duration.ofSeconds(2), 100, false);
        Film edited = new Film(promised).frames(0, 0, 50).container("mov,mp4,m4a,3gp,3g2,mj2");

        assertThat(codes(edited.probe())).containsExactly(NO_AUDIO);
    }

    @Test
    void anMp4WithoutAnyOfItsPacketsIsTruncated() {
        StreamHeader promised = SampleStreams.with(VIDEO, 0, Duration.ofSeconds(4), 100, false);

        assertFails(new Film(promised).container("mov,mp4"), FailureCode.TRUNCATED_INPUT);
    }

    @Test
    void theDemuxersOwnWordsCount() {
        String words = "[matroska,webm @ 0x55aa] File ended prematurely";
        Film cut = new Film(VIDEO).frames(0, 0, 50).says(words);

        assertThatThrownBy(() -> cut.claims(Duration.ofSeconds(30)).probe())
                .hasMessageEndingWith("holds 2.00 s: [matroska,webm] File ended prematurely");
        assertThat(codes(cut.claims(Duration.ofMillis(2_300)).probe())).containsExactly(NO_AUDIO, TRUNCATED);
        assertThat(codes(cut.claims(null).probe())).containsExactly(NO_AUDIO, HEADER_DURATION_MISSING, TRUNCATED);
    }

    @Test
    void aWavIsJudgedByItsBytes() {
        Film wav = new Film(AUDIO).sound(1, 0, 96_000).container("wav");

        assertFails(wav.missing(500), FailureCode.TRUNCATED_INPUT);
        assertThat(codes(wav.missing(5).probe())).containsExactly(AUDIO_ONLY, TRUNCATED);
    }

    @Test
    void anAviIsJudgedByItsHeader() {
        StreamHeader promised = SampleStreams.with(VIDEO, 0, Duration.ofSeconds(2), 100, false);

        assertFails(new Film(promised).frames(0, 0, 50).container("avi"), FailureCode.TRUNCATED_INPUT);
    }

    @Test
    void aFileWithNothingToShowFails() {
        StreamHeader cover = SampleStreams.with(VIDEO, 0, Duration.ZERO, 0, true);

        assertFails(new Film(cover), FailureCode.NO_VIDEO);
        assertFails(new Film(SampleStreams.other(0, StreamHeader.Kind.DATA, "bin_data")), FailureCode.NO_VIDEO);
        assertFails(new Film(VIDEO, AUDIO), FailureCode.NO_VIDEO);
    }

    @Test
    void aPictureWithoutDecoderFailsEvenWithSound() {
        StreamHeader unknown = SampleStreams.video(SampleStreams.picture(640, 360, "25/1", "", FieldOrder.UNKNOWN));

        assertFails(new Film(unknown, AUDIO).frames(0, 0, 50).sound(1, 0, 96_000), FailureCode.UNSUPPORTED_FORMAT);
        assertFails(
                new Film(SampleStreams.audio(1, 48_000, 4, false)).sound(1, 0, 96_000), FailureCode.UNSUPPORTED_FORMAT);
    }

    @Test
    void encryptedPacketsAreRefused() {
        Film film = new Film(VIDEO).line("0|0|0|1|K__|Encryption info");

        assertFails(film, FailureCode.UNSUPPORTED_FORMAT);
    }

    @ParameterizedTest
    @CsvSource({
        "8194, 100, 25/1, LIMIT_RESOLUTION",
        "640, 14, 25/1, LIMIT_RESOLUTION",
        "8192, 8192, 25/1, LIMIT_RESOLUTION",
        "2100, 100, 25/1, LIMIT_ASPECT_RATIO",
        "640, 360, 125/1, LIMIT_FRAME_RATE",
    })
    void limitsHold(int width, int height, String rate, FailureCode code) {
        VideoHeader picture = SampleStreams.picture(width, height, rate, "yuv420p", FieldOrder.PROGRESSIVE);
        StreamHeader video =
                SampleStreams.video("1/" + rate.split("/", 2)[0], rate).withVideo(picture);

        assertFails(new Film(video).frames(0, 0, 50), code);
    }

    @Test
    void whatIsJustAllowedPasses() {
        VideoHeader wide = SampleStreams.picture(8192, 4320, "25/1", "yuv420p", FieldOrder.PROGRESSIVE);
        VideoHeader ribbon = SampleStreams.picture(320, 16, "25/1", "yuv420p", FieldOrder.PROGRESSIVE);
        StreamHeader fast = SampleStreams.video("1/120", "120/1");

        assertThat(new Film(SampleStreams.video(wide)).frames(0, 0, 50).probe().video())
                .isPresent();
        assertThat(new Film(SampleStreams.video(ribbon))
                        .frames(0, 0, 50)
                        .probe()
                        .video())
                .isPresent();
        assertThat(new Film(fast).frames(0, 0, 50).probe().video()).isPresent();
    }

    @Test
    void sixtyFourStreamsPassAndOneMoreDoesNot() {
        List<StreamHeader> streams = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            streams.add(SampleStreams.audio(i, 48_000));
        }
        ProbeLimits.checkHeader(new ProbeReport("mov", null, streams));
        streams.add(VIDEO);

        assertThatThrownBy(() -> ProbeLimits.checkHeader(new ProbeReport("mov", null, streams)))
                .hasMessage("cannot accept the file: it has 65 streams");
    }

    private static List<FindingCode> codes(MediaInfo media) {
        List<FindingCode> codes = new ArrayList<>();
        media.findings().forEach(finding -> codes.add(finding.code()));
        return codes;
    }

    private static void assertFails(Film film, FailureCode code) {
        assertThatThrownBy(film::probe)
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).as(e.getMessage()).isEqualTo(code));
    }
}
