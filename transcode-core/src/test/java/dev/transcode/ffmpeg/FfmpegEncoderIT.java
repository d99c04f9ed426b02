package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeProgress;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import dev.transcode.ladder.VideoInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The times of what comes out, and how an encode ends that is no success. */
class FfmpegEncoderIT extends EncoderCase {
    static Stream<Arguments> rates() {
        List<FfmpegInstallation> installations = Installations.all().toList();
        return Stream.of("24000/1001", "30000/1001", "25", "60", "179/6", "15000/1001")
                .flatMap(rate -> installations.stream().map(installation -> Arguments.of(installation, rate)));
    }

    static Stream<Arguments> films() {
        List<FfmpegInstallation> installations = Installations.all().toList();
        return Stream.of(
                        Arguments.of("late picture", "-itsoffset 1.2 " + film("25", 3, 4.2) + CODECS, "x.mp4"),
                        Arguments.of("late sound", film("25", 4, "-itsoffset 1.5 ", 2.5) + CODECS, "x.mp4"),
                        Arguments.of("longer sound", film("25", 2, 4) + CODECS, "x.mp4"),
                        Arguments.of("shorter sound", film("25", 4, 2) + CODECS, "x.mkv"),
                        Arguments.of("both late", film("25", 2, 2) + CODECS + "-output_ts_offset 100", "x.mkv"),
                        Arguments.of("transport stream", film("25", 2, 2) + CODECS, "x.ts"),
                        Arguments.of("priming kept", film("25", 2, 2) + CODECS + "-use_editlist 0", "x.mp4"),
                        Arguments.of("one frame", film("25", 1, 0) + CODECS + "-frames:v 1", "x.mp4"),
                        Arguments.of("a few frames", film("25", 0.3, 0.3) + CODECS, "x.mp4"),
                        Arguments.of(
                                "a pause",
                                film("25", 3, 3) + CODECS + "-fps_mode passthrough -vf setpts=PTS+gt(T\\,1)*2/TB"
                                        + " -af asetpts=PTS+gt(T\\,1)*2/TB",
                                "x.mkv"),
                        Arguments.of(
                                "mono of 8 kHz", film("25", 2, 2) + " -c:v libx264 -c:a pcm_s16le -ar 8000", "x.mov"),
                        Arguments.of("5.1", film("25", 2, 2) + CODECS + "-af pan=5.1|c0=c0|c2=c0", "x.mp4"),
                        Arguments.of(
                                "interlaced",
                                film("50", 2, 0) + " -vf interlace -flags +ilme+ildct -c:v mpeg2video",
                                "x.mpg"),
                        Arguments.of("no picture", SOUND.formatted(3) + " -c:a libmp3lame", "x.mp3"))
                .flatMap(film -> installations.stream().map(installation -> {
                    Object[] of = film.get();
                    return Arguments.of(of[0], installation, of[1], of[2]);
                }));
    }

    @ParameterizedTest
    @MethodSource("rates")
    void everyRateStaysExactInEveryRung(FfmpegInstallation installation, String rate) throws IOException {
        Films films = new Films(temp);
        Path source = films.make("x.mp4", film(rate, 9, 9) + CODECS);
        EncodePlan plan = plan(installation, source);

        check(films, plan, encode(installation, plan, source));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("films")
    void everyTrackStartsAtZeroAndEndsWithTheOthers(
            String name, FfmpegInstallation installation, String arguments, String file) throws IOException {
        Films films = new Films(temp);
        Path source = films.make(file, arguments);
        EncodePlan plan = plan(installation, source);

        check(films, plan, encode(installation, plan, source));
    }

    /** Two recordings joined: the picture changes its size, the clock goes back. */
    @ParameterizedTest
    @MethodSource("installations")
    void aPictureThatChangesItsSizeAndAClockThatJumps(FfmpegInstallation installation) throws IOException {
        Films films = new Films(temp);
        Path first = films.make("1.ts", film("25", 2, 2) + CODECS);
        Path second = films.make("2.ts", film("25", 2, 2) + CODECS + "-s 160x120");
        Path source = join(first, second);

        EncodePlan plan = plan(installation, source);
        EncodedMedia media = encode(installation, plan, source);

        check(films, plan, media);
        assertThat(plan.duration()).isCloseTo(Duration.ofSeconds(4), Duration.ofMillis(200));
        assertThat(media.stats().decodedFrames()).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void aSoundThatChangesItsFormatIsRefused(FfmpegInstallation installation) throws IOException {
        Films films = new Films(temp);
        Path first = films.make("1.ts", film("25", 2, 2) + CODECS + "-ac 1");
        Path second = films.make("2.ts", film("25", 2, 2) + CODECS + "-ac 2 -output_ts_offset 2");

        assertThat(failure(installation, join(first, second)).code()).isEqualTo(FailureCode.UNSUPPORTED_FORMAT);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void aDamagedFilmIsNoSuccess(FfmpegInstallation installation) throws IOException {
        Films films = new Films(temp);
        Path source = films.make("x.mp4", film("25", 4, 4) + CODECS + "-movflags +faststart");
        EncodePlan plan = plan(installation, source);
        byte[] bytes = Files.readAllBytes(source);

        Files.write(source, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(failure(installation, plan, source).code()).isEqualTo(FailureCode.TRUNCATED_INPUT);

        byte[] holed = bytes.clone();
        Arrays.fill(holed, bytes.length / 3, bytes.length / 2, (byte) 0);
        Files.write(source, holed);
        assertThat(failure(installation, plan, source).code()).isEqualTo(FailureCode.DECODE_ERRORS);

        Path locked = films.make(
                "e.mp4",
                "-i " + films.make("x.mp4", film("25", 4, 4) + CODECS) + " -c copy -fflags +bitexact"
                        + " -encryption_scheme cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb"
                        + " -encryption_kid a7e61c373e219033c21091fa607bf3b8");
        assertThat(failure(installation, plan, locked).code()).isEqualTo(FailureCode.DECODE_ERRORS);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void cancellingAnEncodeTakesLessThanFiveSeconds(FfmpegInstallation installation) {
        Films films = new Films(temp);
        Path source = films.make("x.mp4", film("60", 60, 60) + CODECS);
        Cancellation cancellation = new Cancellation();
        EncodeListener cancel = new EncodeListener() {
            @Override
            public void onProgress(EncodeProgress progress) {
                cancellation.cancel();
            }
        };
        long start = System.nanoTime();

        TranscodeException thrown = catchThrowableOfType(
                TranscodeException.class,
                () -> new FfmpegEncoder(installation)
                        .encode(plan(installation, source), source, newOutput(), cancel, cancellation));

        assertThat(thrown.failure().code()).isEqualTo(FailureCode.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void theTestFilmIsOne(FfmpegInstallation installation) {
        Path film = temp.resolve("film.mp4");

        TestFilm.make(installation, film, Duration.ofSeconds(1), new Cancellation());

        assertThat(new Films(temp).probe(film, "stream=width,height,nb_frames")).containsExactly("1920,1080,30");
    }

    /** What every encode must keep: starts, frames, distances, ends. */
    private void check(Films films, EncodePlan plan, EncodedMedia media) {
        for (EncodedMedia.Track track : media.tracks()) {
            Path file = films.joined(track);
            List<Double> times = films.times(file);
            if (track.name().startsWith("v")) {
                Rendition rendition =
                        plan.renditions().get(Integer.parseInt(track.name().substring(1)));
                long divisor = rendition.frameRate().equals(frameRate(plan)) ? 1 : divisor(plan, rendition);
                long frames = plan.video().map(VideoInput::frames).orElseThrow();
                assertThat(times).as(track.name()).hasSize((int) ((frames + divisor - 1) / divisor));
                for (int i = 0; i < times.size(); i++) {
                    double expected = rendition.frameRate().durationOf(i).toNanos() / 1e9;
                    assertThat(times.get(i)).as("%s frame %d", track.name(), i).isCloseTo(expected, within(2e-5));
                }
            } else {
                // AAC's priming, 1,024 samples before 0, is left out.
                assertThat(times.get(0)).isCloseTo(0, within(1e-5));
                double end = times.get(times.size() - 1) + 1024 / 48_000.0;
                assertThat(end).isCloseTo(plan.duration().toNanos() / 1e9, within(0.03));
                assertThat(times)
                        .hasSizeBetween(
                                (int) (plan.duration().toNanos() / 1e9 * 48_000 / 1024),
                                (int) (plan.duration().toNanos() / 1e9 * 48_000 / 1024) + 3);
                assertThat(films.probe(file, "stream=profile,sample_rate,channels"))
                        .containsExactly("LC,48000,2");
            }
        }
    }

    private static dev.transcode.media.FrameRate frameRate(EncodePlan plan) {
        return plan.video().map(VideoInput::frameRate).orElseThrow();
    }

    private static long divisor(EncodePlan plan, Rendition rendition) {
        return Math.round(frameRate(plan).value() / rendition.frameRate().value());
    }

    private Path join(Path first, Path second) throws IOException {
        Path joined = temp.resolve("joined.ts");
        Files.write(joined, Files.readAllBytes(first));
        Files.write(joined, Files.readAllBytes(second), java.nio.file.StandardOpenOption.APPEND);
        return joined;
    }
}
