package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeProgress;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.LadderJson;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.Rendition;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.ladder.VideoInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small films through probe, plan and encode; then the times and colours of what came out. */
@Timeout(120)
class FfmpegEncoderIT {
    private static final EncodeSettings FAST =
            new EncodeSettings(VideoCodec.H264, Preset.ULTRAFAST, RateControl.BITRATE, 21, 60, 4);

    /** The second rung takes every second or third frame where the source has more than 20. */
    private static final Ladder LADDER = LadderJson.parse("""
            [{"name": "a", "height": 144, "bitrate": "300k", "audio_bitrate": "96k"},
             {"name": "b", "height": 96, "bitrate": "100k", "audio_bitrate": "64k", "max_fps": 20}]""");

    private static final String PICTURE = "-f lavfi -i testsrc2=size=256x144:rate=%s:duration=%s";
    private static final String SOUND = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=%s";
    private static final String CODECS = " -c:v libx264 -preset ultrafast -bf 2 -pix_fmt yuv420p -c:a aac ";

    @TempDir
    Path temp;

    static Stream<FfmpegInstallation> installations() {
        return Installations.all();
    }

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
        Films films = new Films(installation, temp);
        Path source = films.make("x.mp4", film(rate, 9, 9) + CODECS);
        EncodePlan plan = plan(installation, source);

        check(films, plan, encode(installation, plan, source));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("films")
    void everyTrackStartsAtZeroAndEndsWithTheOthers(
            String name, FfmpegInstallation installation, String arguments, String file) throws IOException {
        Films films = new Films(installation, temp);
        Path source = films.make(file, arguments);
        EncodePlan plan = plan(installation, source);

        check(films, plan, encode(installation, plan, source));
    }

    /** Two recordings joined: the picture changes its size, the clock goes back. */
    @ParameterizedTest
    @MethodSource("installations")
    void aPictureThatChangesItsSizeAndAClockThatJumps(FfmpegInstallation installation) throws IOException {
        Films films = new Films(installation, temp);
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
        Films films = new Films(installation, temp);
        Path first = films.make("1.ts", film("25", 2, 2) + CODECS + "-ac 1");
        Path second = films.make("2.ts", film("25", 2, 2) + CODECS + "-ac 2 -output_ts_offset 2");

        assertThat(failure(installation, join(first, second)).code()).isEqualTo(FailureCode.UNSUPPORTED_FORMAT);
    }

    /** Red, and a middle grey, as they come out of sources that store colours each in their own way. */
    @ParameterizedTest
    @MethodSource("installations")
    void coloursStayWhatTheyWere(FfmpegInstallation installation) {
        Films films = new Films(installation, temp);
        String bars = "-f lavfi -i color=c=0xc03020:s=256x144:d=0.4 -f lavfi -i color=c=0x808080:s=128x144:d=0.4"
                + " -filter_complex [0][1]overlay=format=gbrp,";
        for (String format : List.of(
                "scale=out_range=pc:out_color_matrix=bt601,format=yuvj420p -c:v libx264",
                "scale=out_color_matrix=bt601,format=yuv420p -c:v libx264",
                "scale=out_color_matrix=bt709,setparams=colorspace=bt709,format=yuv444p -c:v libx264",
                "format=gbrp -c:v libx264rgb",
                "format=bgra -c:v png",
                "zscale=m=bt2020nc:p=bt2020:t=bt2020-10:pin=bt709:tin=bt709,format=yuv420p10le -c:v ffv1"
                        + " -color_primaries bt2020 -colorspace bt2020nc -color_trc bt2020-10")) {
            Path source = films.make("c.mkv", bars + format);
            EncodedMedia media = encode(installation, plan(installation, source), source);
            Path output = films.joined(media.tracks().get(0));

            assertThat(films.meanColor(output, "crop=100:100:14:20")).as(format).satisfies(near(0x80, 0x80, 0x80, 4));
            assertThat(films.meanColor(output, "crop=100:100:142:20"))
                    .as(format)
                    .satisfies(near(0xc0, 0x30, 0x20, 12));
            assertThat(tags(films, media)).as(format).hasSize(1);
        }
    }

    /** PQ and HLG of a grey ramp: grey stays grey, white becomes bright, and nothing says HDR any more. */
    @ParameterizedTest
    @MethodSource("installations")
    void hdrBecomesStandardRange(FfmpegInstallation installation) {
        assumeThat(installation.encoders()).contains("libx265");
        Films films = new Films(installation, temp);
        for (String transfer : List.of("smpte2084", "arib-std-b67")) {
            Path source = films.make(
                    "h.mkv",
                    "-f lavfi -i color=c=white:s=256x144:d=0.4 -f lavfi -i color=c=0x757575:s=128x144:d=0.4"
                            + " -filter_complex [0][1]overlay=format=gbrp,format=gbrp,"
                            + "zscale=t=linear:tin=bt709:npl=203,format=gbrpf32le,zscale=m=bt2020nc:p=bt2020:pin=bt709:t="
                            + transfer + ":npl=203:r=tv,format=yuv420p10le -c:v libx265 -preset ultrafast"
                            + " -x265-params log-level=none:master-display=G(13250,34500)B(7500,3000)R(34000,16000)"
                            + "WP(15635,16450)L(10000000,1):max-cll=1000,400"
                            + " -color_primaries bt2020 -colorspace bt2020nc -color_trc " + transfer);
            EncodedMedia media = encode(installation, plan(installation, source), source);
            Path output = films.joined(media.tracks().get(0));

            int[] grey = films.meanColor(output, "crop=100:100:14:20");
            int[] white = films.meanColor(output, "crop=100:100:142:20");
            assertThat(Arrays.stream(grey).max().orElseThrow()
                            - Arrays.stream(grey).min().orElseThrow())
                    .as(transfer)
                    .isLessThan(8);
            assertThat(grey[1]).as(transfer).isBetween(90, 140);
            assertThat(white[1]).as(transfer).isBetween(180, 255);
            assertThat(films.probe(output, "stream_side_data=side_data_type"))
                    .noneMatch(line -> line.contains("Mastering"));
            assertThat(tags(films, media)).allSatisfy(tags -> assertThat(tags).contains("bt709,bt709,bt709"));
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void aTurnedPictureStandsUpright(FfmpegInstallation installation) {
        Films films = new Films(installation, temp);
        Path lying = films.make(
                "l.mp4",
                "-f lavfi -i color=red:s=128x144:d=0.4 -f lavfi -i color=blue:s=128x144:d=0.4"
                        + " -filter_complex [0][1]hstack" + CODECS);
        Path source = films.make(
                "x.mp4",
                installation.version().startsWith("5.")
                        ? "-i " + lying + " -c copy -metadata:s:v rotate=270"
                        : "-display_rotation -90 -i " + lying + " -c copy");

        Path output = films.joined(encode(installation, plan(installation, source), source)
                .tracks()
                .get(0));

        assertThat(films.probe(output, "stream=width,height"))
                .first()
                .asString()
                .startsWith("144,256");
        assertThat(films.meanColor(output, "crop=100:100:20:14")).satisfies(near(0xfe, 0, 0, 12));
        assertThat(films.meanColor(output, "crop=100:100:20:142")).satisfies(near(0, 0, 0xfe, 12));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void aDamagedFilmIsNoSuccess(FfmpegInstallation installation) throws IOException {
        Films films = new Films(installation, temp);
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
        Films films = new Films(installation, temp);
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

        assertThat(new Films(installation, temp).probe(film, "stream=width,height,nb_frames"))
                .containsExactly("1920,1080,30");
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

    private static Set<String> tags(Films films, EncodedMedia media) {
        Set<String> tags = new HashSet<>();
        for (EncodedMedia.Track track : media.tracks()) {
            tags.addAll(films.probe(
                    films.joined(track), "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries"));
        }
        return tags;
    }

    private static java.util.function.Consumer<int[]> near(int red, int green, int blue, int tolerance) {
        return color -> {
            assertThat(color[0]).isCloseTo(red, within(tolerance));
            assertThat(color[1]).isCloseTo(green, within(tolerance));
            assertThat(color[2]).isCloseTo(blue, within(tolerance));
        };
    }

    private Failure failure(FfmpegInstallation installation, Path source) {
        return failure(installation, plan(installation, source), source);
    }

    private Failure failure(FfmpegInstallation installation, EncodePlan plan, Path source) {
        return catchThrowableOfType(
                        TranscodeException.class,
                        () -> new FfmpegEncoder(installation)
                                .encode(plan, source, newOutput(), EncodeListener.NONE, new Cancellation()))
                .failure();
    }

    private EncodedMedia encode(FfmpegInstallation installation, EncodePlan plan, Path source) {
        return new FfmpegEncoder(installation)
                .encode(plan, source, newOutput(), EncodeListener.NONE, new Cancellation());
    }

    private static EncodePlan plan(FfmpegInstallation installation, Path source) {
        return EncodePlanner.plan(new FfprobeProber(installation).probe(source, new Cancellation()), LADDER, FAST);
    }

    private Path newOutput() {
        try {
            return Files.createTempDirectory(temp, "out");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path join(Path first, Path second) throws IOException {
        Path joined = temp.resolve("joined.ts");
        Files.write(joined, Files.readAllBytes(first));
        Files.write(joined, Files.readAllBytes(second), java.nio.file.StandardOpenOption.APPEND);
        return joined;
    }

    /** Lengths in seconds; without sound where its length is 0. */
    private static String film(String rate, double picture, double sound) {
        return film(rate, picture, "", sound);
    }

    private static String film(String rate, double picture, String soundOption, double sound) {
        String input = PICTURE.formatted(rate, picture);
        return sound == 0 ? input : input + " " + soundOption + SOUND.formatted(sound);
    }
}
