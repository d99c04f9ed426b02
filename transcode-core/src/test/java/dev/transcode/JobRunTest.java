package dev.transcode;

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
import dev.transcode.job.Job;
import dev.transcode.job.Stage;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.LadderText;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Prober;
import dev.transcode.storage.LocalStorage;
import dev.transcode.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves where it fails; what it makes where it does not is tested with real films. */
class JobRunTest {
    private final Cancellation cancellation = new Cancellation();
    private final List<String> heard = new ArrayList<>();

    @TempDir
    Path temp;

    private Path site;
    private Path work;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(temp.resolve("in"));
        Files.writeString(temp.resolve("in/film.mp4"), "not read by anyone");
        site = Files.createDirectories(temp.resolve("site"));
        work = Files.createDirectories(temp.resolve("work"));
    }

    @Test
    void aMissingSourceIsNeverProbed() throws IOException {
        Files.delete(temp.resolve("in/film.mp4"));

        Failure failure = fail(
                (file, cancel) -> {
                    throw new AssertionError("probed " + file);
                },
                new FailingEncoder());

        assertThat(failure.code()).isEqualTo(FailureCode.INPUT_NOT_FOUND);
        assertThat(stages()).containsExactly(Stage.FETCH.name());
        assertThat(files(work)).isEmpty();
    }

    @Test
    void aSourceThatCannotBeReadIsNeverEncoded() {
        Failure failure = fail(
                (file, cancel) -> {
                    throw new TranscodeException(FailureCode.BAD_INPUT, "cannot read " + file.getFileName());
                },
                new FailingEncoder());

        assertThat(failure.code()).isEqualTo(FailureCode.BAD_INPUT);
        assertThat(stages()).containsExactly("FETCH", "PROBE");
        assertThat(files(site)).isEmpty();
        assertThat(files(work)).isEmpty();
    }

    /** Segments are published while the encoder runs: they go again, and an earlier output of the job stays. */
    @Test
    void aFailedEncodeLeavesNothingOfItsOwnAndAllThatWasThere() throws IOException {
        Path old = Files.createDirectories(site.resolve("films/1"));
        Files.writeString(old.resolve("master.m3u8"), "#EXTM3U");
        Files.writeString(old.resolve("720p.mp4"), "an earlier film");

        FailingEncoder encoder = new FailingEncoder();
        Failure failure = fail((file, cancel) -> film(), encoder);

        assertThat(failure.code()).isEqualTo(FailureCode.ENCODE_FAILED);
        assertThat(encoder.toldSegments).isTrue();
        assertThat(stages()).containsExactly("FETCH", "PROBE", "PLAN", "ENCODE");
        assertThat(files(site)).containsExactly("films/1/720p.mp4", "films/1/master.m3u8");
        assertThat(files(work)).isEmpty();
    }

    @Test
    void thePlanIsToldOnceBeforeTheEncodeStarts() {
        fail((file, cancel) -> film(), new FailingEncoder());

        assertThat(heard.indexOf("plan of 1 renditions")).isBetween(0, heard.indexOf("ENCODE") - 1);
        assertThat(heard).containsOnlyOnce("plan of 1 renditions");
    }

    @Test
    void progressGrowsWithTheEncode() {
        fail((file, cancel) -> film(), new FailingEncoder());

        assertThat(heard).contains("50.0 %");
    }

    @Test
    void cancellingGivesItsOwnReason() {
        Failure reason = Failure.of(FailureCode.TIME_LIMIT, "cannot go on: too long");

        Failure failure = fail(
                (file, cancel) -> {
                    cancellation.cancel(reason);
                    cancel.throwIfCancelled();
                    return film();
                },
                new FailingEncoder());

        assertThat(failure).isEqualTo(reason);
        assertThat(files(work)).isEmpty();
    }

    @Test
    void anOutputNeverReplacesItsSource() throws IOException {
        Path source = Files.createDirectories(site.resolve("films/1")).resolve("720p.mp4");
        Files.writeString(source, "not read by anyone");
        FailingEncoder encoder = new FailingEncoder();

        Failure failure = fail(job().source("site", "films/1/720p.mp4").build(), (file, cancel) -> film(), encoder);

        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_JOB);
        assertThat(failure.message()).contains("720p.mp4", "replace the source", "site/films/1");
        assertThat(encoder.toldSegments).isFalse();
        assertThat(source).hasContent("not read by anyone");
        assertThat(files(work)).isEmpty();
    }

    private static Job.Builder job() {
        return Job.builder()
                .source("in", "film.mp4")
                .output("site", "films/1")
                .ladder(LadderText.parse("720p:4M:128k"));
    }

    private Failure fail(Prober prober, Encoder encoder) {
        return fail(job().build(), prober, encoder);
    }

    private Failure fail(Job job, Prober prober, Encoder encoder) {
        JobRun run = new JobRun(
                LocalStorage.of(Map.of("in", temp.resolve("in"), "site", site)),
                prober,
                encoder,
                new Verifier(Optional.empty()),
                work,
                job,
                Attempt.unqueued(Clock.systemUTC(), cancellation),
                new Recorder());
        return catchThrowableOfType(TranscodeException.class, run::run).failure();
    }

    private static MediaInfo film() {
        return SampleMedia.of(1280, 720).silent().info();
    }

    private List<String> stages() {
        return heard.stream().filter(line -> line.matches("[A-Z]+")).distinct().toList();
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Recorder implements JobListener {
        @Override
        public void onProgress(JobProgress progress) {
            heard.add(progress.stage().name());
            heard.add(progress.percent() + " %");
        }

        @Override
        public void onPlan(MediaInfo media, EncodePlan plan) {
            heard.add("plan of " + plan.renditions().size() + " renditions");
        }
    }

    /** Comes half way: 15 of 30 s, an init and a segment finished. */
    private static final class FailingEncoder implements Encoder {
        private boolean toldSegments;

        @Override
        public EncodedMedia encode(
                EncodePlan plan, Path source, Path directory, EncodeListener listener, Cancellation cancellation) {
            try {
                Path folder = Files.createDirectories(directory.resolve("v0"));
                for (String name : List.of("init.mp4", "s00000.m4s")) {
                    listener.onSegment("v0", Files.writeString(folder.resolve(name), name));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            toldSegments = true;
            listener.onProgress(new EncodeProgress(Duration.ofSeconds(15), 375, 50, 2));
            throw new TranscodeException(FailureCode.ENCODE_FAILED, "cannot encode: ffmpeg exited 1: boom");
        }

        @Override
        public void remux(List<Remux> files, Cancellation cancellation) {
            throw new AssertionError("remuxed " + files);
        }
    }
}
