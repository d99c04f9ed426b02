package dev.transcode.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.ffmpeg.FfmpegEncoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.FfmpegSampleDecoder;
import dev.transcode.ffmpeg.FfprobeProber;
import dev.transcode.ffmpeg.Installations;
import dev.transcode.hls.HlsLayout;
import dev.transcode.hls.HlsPackage;
import dev.transcode.hls.HlsPackager;
import dev.transcode.hls.PackagedFile;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.media.MediaInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can only be told by decoding, with both FFmpegs. */
class VerifierIT {
    private static final String MOVING = "testsrc2=size=320x180:rate=25:duration=9";
    private static final String STILL =
            "testsrc2=size=320x180:rate=25:duration=0.04,loop=loop=-1:size=1,trim=duration=9";
    private static final String BLACK = "color=black:size=320x180:rate=25:duration=9";
    private static final EncodeSettings FAST =
            new EncodeSettings(VideoCodec.H264, Preset.ULTRAFAST, RateControl.BITRATE, 21, 60, 4);

    /** What was made of each picture by each FFmpeg. */
    private static final Map<String, Verifier.Output> MADE = new HashMap<>();

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"path", "bundled"})
    void whatAJobMakesIsGood(String choice) throws Exception {
        FfmpegInstallation ffmpeg = Installations.require(choice);

        for (String picture : List.of(MOVING, STILL, BLACK)) {
            Verifier.Output output = made(ffmpeg, picture);

            Verdict verdict = verify(ffmpeg, output);

            assertThat(verdict.violations()).as(picture).isEmpty();
            assertThat(verdict.count(CheckResult.Outcome.SKIPPED)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "bundled"})
    void damagedMediaDataFailsAndTheRenditionIsNamed(String choice) throws Exception {
        FfmpegInstallation ffmpeg = Installations.require(choice);
        Verifier.Output output = make(ffmpeg, made(ffmpeg, MOVING).source());
        damage(output.made(), "v-90p/s00002.m4s");
        damage(output.made(), "a-64k/s00000.m4s");

        Verdict verdict = verify(ffmpeg, output);

        assertThat(verdict.violations()).extracting(Violation::check).containsOnly("decode");
        assertThat(verdict.violations())
                .extracting(Violation::where)
                .containsExactly("r-1a2b3c4d-7/v-90p/index.m3u8", "r-1a2b3c4d-7/a-64k/index.m3u8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "bundled"})
    void aBlackOrFrozenRenditionFailsWhereTheSourceIsNot(String choice) throws Exception {
        FfmpegInstallation ffmpeg = Installations.require(choice);
        Path moving = made(ffmpeg, MOVING).source();

        assertThat(verify(ffmpeg, from(moving, made(ffmpeg, BLACK))).violations())
                .hasSize(2)
                .allSatisfy(violation -> assertThat(violation.found()).startsWith("a blank one"));
        assertThat(verify(ffmpeg, from(moving, made(ffmpeg, STILL))).violations())
                .hasSize(2)
                .allSatisfy(violation -> assertThat(violation.found()).startsWith("a frozen picture"));
    }

    /** The same output, as if it had been made from another film. */
    private static Verifier.Output from(Path source, Verifier.Output output) {
        return new Verifier.Output(output.plan(), output.media(), source, output.made(), output.layout());
    }

    private static void damage(HlsPackage made, String key) throws IOException {
        for (PackagedFile file : made.files()) {
            if (file.key().endsWith(key)) {
                byte[] bytes = Files.readAllBytes(file.file());
                int media = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
                byte[] garbage = new byte[(bytes.length - media) / 2];
                new Random(1).nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, media + garbage.length / 2, garbage.length);
                Files.write(file.file(), bytes);
                return;
            }
        }
        throw new IllegalArgumentException("no file " + key);
    }

    private static Verdict verify(FfmpegInstallation ffmpeg, Verifier.Output output) throws IOException {
        return new Verifier(Optional.of(new FfmpegSampleDecoder(ffmpeg)))
                .verify(output, Files.createTempDirectory(directory, "scratch"), new Cancellation());
    }

    /** Not to be changed: tests share it. */
    private static Verifier.Output made(FfmpegInstallation ffmpeg, String picture) throws Exception {
        String key = ffmpeg.ffmpeg() + " " + picture;
        if (!MADE.containsKey(key)) {
            MADE.put(key, make(ffmpeg, film(picture)));
        }
        return MADE.get(key);
    }

    private static Verifier.Output make(FfmpegInstallation ffmpeg, Path film) throws IOException {
        MediaInfo media = new FfprobeProber(ffmpeg).probe(film, new Cancellation());
        EncodePlan plan = EncodePlanner.plan(media, LadderText.parse("180p:300k:64k,90p:100k:64k"), FAST);
        FfmpegEncoder encoder = new FfmpegEncoder(ffmpeg);
        Path work = Files.createTempDirectory(directory, "work");
        EncodedMedia encoded = encoder.encode(
                plan, film, Files.createDirectory(work.resolve("encode")), EncodeListener.NONE, new Cancellation());
        HlsLayout layout = HlsLayout.of(plan, "r-1a2b3c4d-7", Optional.empty());
        HlsPackage made = new HlsPackager(encoder)
                .pack(plan, encoded, layout, Files.createDirectory(work.resolve("package")), new Cancellation());
        return new Verifier.Output(plan, media, film, made, layout);
    }

    private static Path film(String picture) throws IOException, InterruptedException {
        FfmpegInstallation ffmpeg = Installations.tool();
        Path film = Files.createTempDirectory(directory, "film").resolve("film.mkv");
        ProcessBuilder builder = new ProcessBuilder(
                ffmpeg.ffmpeg().toString(),
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                picture,
                "-f",
                "lavfi",
                "-i",
                "sine=duration=9",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "flac",
                film.toString());
        builder.environment().clear();
        builder.environment().putAll(ffmpeg.environment());
        assertThat(builder.inheritIO().start().waitFor()).isZero();
        return film;
    }
}
