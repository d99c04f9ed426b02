package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.transcode.contract.SampleMedia;
import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeProgress;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small sh scripts stand in for an FFmpeg that goes wrong. */
@Timeout(30)
class FfmpegEncoderTest {
    private static final EncodePlan PLAN = EncodePlanner.plan(
            SampleMedia.of(1280, 720).silent().info(), LadderText.parse("720p:4M:128k"), EncodeSettings.DEFAULT);

    /** What FFmpeg says of a good encode of the 750 frames planned. */
    private static final String GOOD = """
            echo '[verbose]   Input stream #0:0 (video): 750 packets read (9 bytes); 750 frames decoded; ' >&2
            echo '[info] bench: utime=2.5s stime=0.5s rtime=1.0s' >&2
            """;

    private static final String SEGMENTS = "for f in init.mp4 s00000.m4s s00001.m4s s00002.m4s; do : > $out/$f; done\n";

    private final Cancellation cancellation = new Cancellation();
    private final List<EncodeProgress> heard = new ArrayList<>();
    private final List<String> segments = new ArrayList<>();

    @TempDir
    Path temp;

    private Path output;

    @BeforeEach
    void makeFolders() throws IOException {
        output = Files.createDirectory(temp.resolve("out"));
    }

    @Test
    void aGoodEncodeTellsItsTracksAndItsCost() {
        EncodedMedia media = encode(SEGMENTS + "printf 'frame=750\\nout_time_us=30000000\\nprogress=end\\n'\n" + GOOD);

        Path track = output.resolve("v0");
        assertThat(media.tracks())
                .containsExactly(new EncodedMedia.Track(
                        "v0",
                        track.resolve("init.mp4"),
                        List.of(
                                track.resolve("s00000.m4s"),
                                track.resolve("s00001.m4s"),
                                track.resolve("s00002.m4s"))));
        assertThat(media.findings()).isEmpty();
        assertThat(media.stats().cpu()).isEqualTo(Duration.ofSeconds(3));
        assertThat(media.stats().decodedFrames()).isEqualTo(750);
        assertThat(media.stats().encoderVersion()).isEqualTo("ffmpeg 5.1");
        assertThat(heard).containsExactly(new EncodeProgress(Duration.ofSeconds(30), 750, 0, 0));
        assertThat(segments).containsExactly("v0/init.mp4", "v0/s00000.m4s");
    }

    @Test
    void aCrashIsToldInFfmpegsOwnWords() {
        assertThat(failure("echo 'Segmentation of the universe' >&2; exit 1"))
                .isEqualTo(Failure.of(
                        FailureCode.ENCODE_FAILED, "cannot encode: ffmpeg exited 1: Segmentation of the universe"));
    }

    @Test
    void successWithoutAnythingIsNone() {
        assertThat(failure("exit 0").code()).isEqualTo(FailureCode.DECODE_ERRORS);
    }

    @Test
    void successWithoutSegmentsIsNone() {
        Failure failure = failure("printf 'frame=750\\nprogress=end\\n'\n" + GOOD);

        assertThat(failure.code()).isEqualTo(FailureCode.ENCODE_FAILED);
        assertThat(failure.message()).isEqualTo("cannot encode: ffmpeg exited 0 but made no segment in v0");
    }

    @Test
    void successWithTooFewFramesIsTruncated() {
        assertThat(failure(SEGMENTS + "printf 'frame=300\\nprogress=end\\n'\n" + GOOD)
                        .code())
                .isEqualTo(FailureCode.TRUNCATED_INPUT);
    }

    @Test
    void beingKilledIsToldFromFailing() {
        Failure failure = failure("echo '[error] allocating' >&2; kill -9 $$");

        assertThat(failure.code()).isEqualTo(FailureCode.FFMPEG_KILLED);
        assertThat(failure.message()).endsWith("ffmpeg was killed by signal 9 (KILL): allocating");
    }

    @Test
    void aFullDiskIsToldFromFailing() {
        assertThat(failure(
                                "echo '[hls @ 0x1] [error] av_interleaved_write_frame(): No space left on device' >&2; exit 228")
                        .code())
                .isEqualTo(FailureCode.DISK_FULL);
    }

    @Test
    void aFloodWithoutALineEndTakesNoMemory() {
        Failure failure =
                failure("head -c 20000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo '[error] end' >&2; exit 1");

        assertThat(failure.message()).isEqualTo("cannot encode: ffmpeg exited 1: end");
    }

    @Test
    void aHangIsStoppedWithItsLastWords() {
        FfmpegEncoder encoder = new FfmpegEncoder(
                StubFfmpeg.installed(temp, "echo 'opening' >&2; exec sleep 60"), Duration.ofMillis(300));

        Failure failure = failure(encoder);

        assertThat(failure.code()).isEqualTo(FailureCode.FFMPEG_STALLED);
        assertThat(failure.message())
                .startsWith("stopped ffmpeg: no progress for")
                .endsWith(": opening");
    }

    /** It goes on reporting, but what it reports stands still. */
    @Test
    void reportsWithoutProgressAreAHangToo() {
        FfmpegEncoder encoder = new FfmpegEncoder(
                StubFfmpeg.installed(
                        temp,
                        "while :; do printf 'frame=5\\nout_time_us=200000\\nprogress=continue\\n'; sleep 0.05; done"),
                Duration.ofMillis(500));

        assertThat(failure(encoder).code()).isEqualTo(FailureCode.FFMPEG_STALLED);
        assertThat(heard).hasSizeGreaterThan(2);
    }

    @Test
    void cancellingLeavesNoProcess() throws IOException {
        FfmpegEncoder encoder = new FfmpegEncoder(StubFfmpeg.installed(temp, """
                sleep 60 & echo $$ $! > %s/pids
                printf 'frame=1\\nout_time_us=40000\\nprogress=continue\\n'; wait""".formatted(temp)));
        EncodeListener cancel = new EncodeListener() {
            @Override
            public void onProgress(EncodeProgress progress) {
                cancellation.cancel();
            }
        };
        long start = System.nanoTime();

        TranscodeException thrown = catchThrowableOfType(
                TranscodeException.class,
                () -> encoder.encode(PLAN, temp.resolve("in.mp4"), output, cancel, cancellation));

        assertThat(thrown.failure().code()).isEqualTo(FailureCode.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Files.readString(temp.resolve("pids")).strip().split(" "))
                .hasSize(2)
                .noneMatch(FfmpegEncoderTest::isRunning);
    }

    @Test
    void aListenerThatThrowsEndsTheEncode() {
        FfmpegEncoder encoder =
                new FfmpegEncoder(StubFfmpeg.installed(temp, "printf 'frame=1\\nprogress=continue\\n'; exec sleep 60"));
        EncodeListener broken = new EncodeListener() {
            @Override
            public void onProgress(EncodeProgress progress) {
                throw new IllegalStateException("cannot upload");
            }
        };

        assertThat(catchThrowableOfType(
                        IllegalStateException.class,
                        () -> encoder.encode(PLAN, temp.resolve("in.mp4"), output, broken, cancellation)))
                .hasMessage("cannot upload");
    }

    @Test
    void remuxingNamesItsFileAndKeepsFfmpegsWords() {
        FfmpegEncoder encoder = new FfmpegEncoder(StubFfmpeg.installed(temp, "echo '[error] no moov' >&2; exit 183"));

        TranscodeException thrown = catchThrowableOfType(
                TranscodeException.class,
                () -> encoder.remux(
                        List.of(
                                new Encoder.Remux(List.of(temp.resolve("v0.mp4")), temp.resolve("720p.mp4")),
                                new Encoder.Remux(List.of(temp.resolve("v1.mp4")), temp.resolve("480p.mp4"))),
                        cancellation));

        assertThat(thrown).hasMessage("cannot write 720p.mp4, 480p.mp4: ffmpeg exited 183: no moov");
    }

    private EncodedMedia encode(String script) {
        return encode(new FfmpegEncoder(StubFfmpeg.installed(temp, script)));
    }

    private EncodedMedia encode(FfmpegEncoder encoder) {
        return encoder.encode(
                PLAN,
                temp.resolve("in.mp4"),
                output,
                new EncodeListener() {
                    @Override
                    public void onProgress(EncodeProgress progress) {
                        heard.add(progress);
                    }

                    @Override
                    public void onSegment(String directory, Path file) {
                        segments.add(directory + "/" + file.getFileName());
                    }
                },
                cancellation);
    }

    private Failure failure(String script) {
        return failure(new FfmpegEncoder(StubFfmpeg.installed(temp, script)));
    }

    private Failure failure(FfmpegEncoder encoder) {
        return catchThrowableOfType(TranscodeException.class, () -> encode(encoder))
                .failure();
    }

    private static boolean isRunning(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .map(ProcessFamily::isRunning)
                .orElse(false);
    }
}
