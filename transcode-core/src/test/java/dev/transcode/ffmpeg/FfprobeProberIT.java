package dev.transcode.ffmpeg;

import static dev.transcode.media.FindingCode.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FindingCode;
import dev.transcode.media.FrameRate;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.VideoStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Films made on the spot, each with one thing odd about it. */
@Timeout(120)
class FfprobeProberIT {
    private static final String PICTURE = "testsrc2=s=320x240:d=4:r=";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void theFractionIsFoundInEveryContainer(FfmpegInstallation installation) {
        for (String rate : List.of("24000/1001", "30000/1001", "60")) {
            for (String container : List.of("mp4", "mkv", "ts", "avi", "flv", "mov")) {
                Path film =
                        make(rate.replace('/', '-') + "." + container, "testsrc2=s=160x120:d=2:r=" + rate, "-bf", "2");
                FrameRate expected = FrameRate.parse(rate);

                VideoStream video = probe(installation, film).video().orElseThrow();

                assertThat(video.frameRate()).as(film.toString()).isEqualTo(expected);
                assertThat(video.variableFrameRate()).as(film.toString()).isFalse();
                assertThat(video.scan().packets())
                        .as(film.toString())
                        .isEqualTo(expected.framesIn(Duration.ofSeconds(2)));
                assertThat(expected.framesIn(video.scan().duration()))
                        .as(film.toString())
                        .isEqualTo(video.scan().packets());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void aVaryingRateIsSeen(FfmpegInstallation installation) {
        Path film = make("vfr.mp4", PICTURE + "30", "-vf", "select='if(lt(n,60),1,not(mod(n,4)))'", "-fps_mode", "vfr");

        MediaInfo media = probe(installation, film);

        assertThat(codes(media)).contains(VARIABLE_FRAME_RATE);
        assertThat(media.video().orElseThrow().scan().packets()).isEqualTo(75);
        assertThat(media.video().orElseThrow().frameRate().value()).isBetween(18.0, 19.5);
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void onlyWhatAnEditListShowsCounts(FfmpegInstallation installation) {
        Path film = make("film.mp4", PICTURE + "25", "-bf", "2", "-g", "100");
        Path cut = directory.resolve("cut.mp4");
        ffmpeg("-ss", "1.48", "-i", film.toString(), "-c", "copy", cut.toString());

        VideoStream video = probe(installation, cut).video().orElseThrow();

        assertThat(video.scan().packets()).isEqualTo(63);
        assertThat(video.scan().start()).isEqualTo(Duration.ZERO);
        assertThat(video.scan().end()).isBetween(Duration.ofMillis(2_510), Duration.ofMillis(2_530));
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void aTurnedPictureIsShownUpright(FfmpegInstallation installation) {
        Path film = make("film.mp4", PICTURE + "25");
        Path turned = directory.resolve("turned.mp4");
        ffmpeg("-i", film.toString(), "-c", "copy", "-metadata:s:v", "rotate=270", turned.toString());
        if (probe(installation, turned).video().orElseThrow().rotation() == 0) {
            // FFmpeg 5.1 writes the tag as a matrix, 8 takes the matrix before the input; both counter-clockwise.
            ffmpeg("-display_rotation", "270", "-i", film.toString(), "-c", "copy", turned.toString());
        }

        MediaInfo media = probe(installation, turned);

        assertThat(media.video().orElseThrow().rotation()).isEqualTo(90);
        assertThat(media.video().orElseThrow().displaySize().toString()).isEqualTo("240x320");
        assertThat(codes(media)).contains(ROTATED);
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void anOffsetIsMeasured(FfmpegInstallation installation) {
        Path film = make("late.mkv", PICTURE + "25", "-output_ts_offset", "7");

        MediaInfo media = probe(installation, film);

        assertThat(media.start()).isEqualTo(Duration.ofSeconds(7));
        assertThat(media.duration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(codes(media)).contains(START_OFFSET_REMOVED);
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void fieldsAreSeenWhereTheHeaderIsSilent(FfmpegInstallation installation) {
        Path film = directory.resolve("fields.avi");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=720x576:r=50:d=2",
                "-vf",
                "interlace=scan=tff,setfield=prog",
                "-c:v",
                "huffyuv",
                film.toString());

        VideoStream video = probe(installation, film).video().orElseThrow();

        assertThat(video.fieldOrder()).isEqualTo(FieldOrder.TOP_FIRST);
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void halfFilesAreTold(FfmpegInstallation installation) throws IOException {
        for (String container : List.of("mp4", "mkv", "avi", "flv", "mov", "fragmented.mp4", "wav")) {
            String[] options = container.startsWith("frag")
                    ? new String[] {"-movflags", "frag_keyframe+empty_moov", "-g", "200"}
                    : new String[] {"-movflags", "faststart", "-g", "25"};
            Path film = container.equals("wav")
                    ? make("film.wav", "sine=d=4")
                    : make("film." + container, PICTURE + "25", options);
            byte[] whole = Files.readAllBytes(film);
            Path half = Files.write(directory.resolve("half." + container), Arrays.copyOf(whole, whole.length / 2));

            assertThat(codes(probe(installation, film))).as(container).doesNotContain(TRUNCATED);
            assertFails(installation, half, FailureCode.TRUNCATED_INPUT);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void joinedTransportStreamsAreOneFilm(FfmpegInstallation installation) throws IOException {
        Path film = make("film.ts", PICTURE + "25");
        Path joined = Files.copy(film, directory.resolve("joined.ts"));
        Files.write(joined, Files.readAllBytes(film), StandardOpenOption.APPEND);

        MediaInfo media = probe(installation, joined);

        assertThat(media.video().orElseThrow().scan().packets()).isEqualTo(200);
        assertThat(media.duration()).isBetween(Duration.ofMillis(7_900), Duration.ofMillis(8_100));
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void encryptedFilmsAreRefused(FfmpegInstallation installation) {
        Path film = make(
                "drm.mp4",
                PICTURE + "25",
                "-encryption_scheme",
                "cenc-aes-ctr",
                "-encryption_key",
                "76a6c65c5ea762046bd749a2e632ccbb",
                "-encryption_kid",
                "a7e61c373e219033c21091fa607bf3b8");

        assertFails(installation, film, FailureCode.UNSUPPORTED_FORMAT);
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void whatIsNoFilmFails(FfmpegInstallation installation) throws IOException {
        Path still = directory.resolve("still.png");
        ffmpeg("-f", "lavfi", "-i", "testsrc2=d=1", "-frames:v", "1", still.toString());
        Path text = Files.writeString(directory.resolve("text.mp4"), "nothing but text ".repeat(100));
        Path tall = make("tall.mkv", "testsrc2=s=16x400:d=1");

        assertFails(installation, still, FailureCode.UNSUPPORTED_FORMAT);
        assertFails(installation, text, FailureCode.BAD_INPUT);
        assertFails(installation, tall, FailureCode.LIMIT_ASPECT_RATIO);
        assertFails(installation, directory.resolve("none.mp4"), FailureCode.INPUT_NOT_FOUND);
    }

    @ParameterizedTest
    @MethodSource("dev.transcode.ffmpeg.Installations#all")
    void aCancelledProbeEndsWithItsReason(FfmpegInstallation installation) {
        Path film = make("film.mp4", PICTURE + "25");
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> new FfprobeProber(installation).probe(film, cancellation))
                .hasMessage("cancelled on request");
    }

    private Path make(String name, String source, String... options) {
        Path film = directory.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
        if (!source.startsWith("sine")) {
            arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast"));
        }
        arguments.addAll(List.of(options));
        arguments.add(film.toString());
        ffmpeg(arguments.toArray(new String[0]));
        return film;
    }

    private static void ffmpeg(String... arguments) {
        FfmpegInstallation installation = Installations.tool();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(installation.ffmpeg().toString(), "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        ToolExit exit =
                new ToolProcess(command).environment(installation.environment()).run(new Cancellation());
        assertThat(exit.describe()).as(exit.lastWords(5)).isEqualTo("exited 0");
    }

    private static MediaInfo probe(FfmpegInstallation installation, Path film) {
        return new FfprobeProber(installation).probe(film, new Cancellation());
    }

    private static List<FindingCode> codes(MediaInfo media) {
        List<FindingCode> codes = new ArrayList<>();
        media.findings().forEach(finding -> codes.add(finding.code()));
        return codes;
    }

    private static void assertFails(FfmpegInstallation installation, Path film, FailureCode code) {
        assertThatThrownBy(() -> probe(installation, film))
                .as(film.toString())
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).as(e.getMessage()).isEqualTo(code));
    }
}
