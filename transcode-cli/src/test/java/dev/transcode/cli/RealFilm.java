package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The four rungs of {@code roku-hls} of the corpus' {@code s01}, 30 s of 1080p, as {@code run} makes them: twenty seconds
 * of two cores, so once in a build for all who look at them.
 */
public final class RealFilm {
    private RealFilm() {}

    /** The package, of the FFmpeg from PATH, else of the bundle. */
    public static Path ladder(Corpus corpus) throws IOException, InterruptedException {
        return ladder(corpus, Films.hasFfmpeg("path") ? "path" : "bundled");
    }

    /** What the command said. */
    static CommandRun run(Corpus corpus, String ffmpeg) throws IOException, InterruptedException {
        return new CommandRun(0, Files.readString(said(ladder(corpus, ffmpeg))), "");
    }

    private static Path ladder(Corpus corpus, String ffmpeg) throws IOException, InterruptedException {
        return OnceABuild.get("s01-" + ffmpeg, folder -> {
            CommandRun run = CommandRun.of(
                    "run",
                    corpus.file("s01").toString(),
                    "-o",
                    folder.toString(),
                    "--preset=ultrafast",
                    "--json",
                    "--ffmpeg=" + ffmpeg);
            assertThat(run.code()).as(run.err()).isZero();
            Files.writeString(said(folder), run.out());
        });
    }

    private static Path said(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".json");
    }
}
