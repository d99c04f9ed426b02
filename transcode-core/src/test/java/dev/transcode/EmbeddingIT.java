package dev.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.TestFilm;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Job;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.LadderText;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.VideoCodec;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's lines for a program that takes transcode-core from Maven. */
class EmbeddingIT {
    @TempDir
    private Path media;

    @Test
    void theLinesOfTheReadmeRunAJob() throws IOException {
        film(media.resolve("uploads/film.mp4"), 1);

        JobResult result = readme(media.toString());

        assertThat(result.outputs())
                .extracting(JobResult.Output::key)
                .containsExactly(
                        "films/1/1080p.mp4",
                        "films/1/720p.mp4",
                        "films/1/480p.mp4",
                        "films/1/360p.mp4",
                        "films/1/master.m3u8");
        assertThat(media.resolve("site/films/1/master.m3u8")).exists();
    }

    /** But for white space, which the formatter spreads over more lines. */
    @Test
    void theReadmeShowsThem() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/transcode/EmbeddingIT.java"));
        String lines = source.substring(source.indexOf("// README\n") + 9, source.indexOf("// end of README\n"))
                .replace("Path.of(directory)", "Path.of(\"media\")");

        assertThat(withoutSpace(Files.readString(Path.of("../README.md")))).contains(withoutSpace(lines));
    }

    @Test
    void aJobWithASettingOfEachKindRuns() throws IOException {
        film(media.resolve("uploads/film.mp4"), 3);
        Job job = Job.builder()
                .source("uploads", "film.mp4")
                .output("site", "films/2")
                .ladder(LadderText.parse("360p:600k:96k,180p:200k:64k"))
                .settings(new EncodeSettings(VideoCodec.H264, Preset.ULTRAFAST, RateControl.CRF, 30, 15, 2))
                .build();

        JobResult result =
                Transcoder.builder().storage(LocalStorage.of(media)).build().run(job, progress -> {});

        assertThat(result.renditions()).hasSize(4);
        assertThat(result.renditions().get(0).frameRate()).hasValue(15.0);
        assertThat(result.renditions().get(0).segments()).hasSize(2);
    }

    private static JobResult readme(String directory) {
        // README
        Storage storage = LocalStorage.of(Path.of(directory)); // its folders are the buckets: media/uploads, media/site
        Job job = Job.builder()
                .source("uploads", "film.mp4")
                .output("site", "films/1")
                .build();
        JobResult result = Transcoder.builder().storage(storage).build().run(job, System.out::println);
        // end of README
        return result;
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }

    private void film(Path target, int seconds) throws IOException {
        Files.createDirectories(target.getParent());
        Files.createDirectories(media.resolve("site"));
        TestFilm.make(
                FfmpegInstallation.find(System.getenv()), target, Duration.ofSeconds(seconds), new Cancellation());
    }
}
