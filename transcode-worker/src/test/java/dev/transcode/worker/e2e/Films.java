package dev.transcode.worker.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Short films, made by FFmpeg. */
final class Films {
    private Films() {}

    /** H.264 at 25 frames a second and AAC, a pattern with noise: its size follows from the bitrate it is given. */
    static Path make(int width, int height, int seconds) {
        try {
            Path file = Files.createTempFile("film", ".mp4");
            file.toFile().deleteOnExit();
            String picture = "testsrc2=size=" + width + "x" + height + ":rate=25:duration=" + seconds;
            Process ffmpeg = new ProcessBuilder(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-y",
                            "-f",
                            "lavfi",
                            "-i",
                            picture + ",noise=alls=12:allf=t",
                            "-f",
                            "lavfi",
                            "-i",
                            "sine=frequency=440:duration=" + seconds,
                            "-c:v",
                            "libx264",
                            "-preset",
                            "ultrafast",
                            "-crf",
                            "26",
                            "-pix_fmt",
                            "yuv420p",
                            "-c:a",
                            "aac",
                            file.toString())
                    .inheritIO()
                    .start();
            if (!ffmpeg.waitFor(60, TimeUnit.SECONDS) || ffmpeg.exitValue() != 0) {
                throw new IllegalStateException("ffmpeg made no film");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
