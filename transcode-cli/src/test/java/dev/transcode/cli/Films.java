package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Small films made by FFmpeg. */
final class Films {
    private Films() {}

    /** Skips the test where there is no such FFmpeg; with {@code TRANSCODE_IT=required} it fails instead. */
    static void requireFfmpeg(String choice) {
        try {
            find(choice);
        } catch (TranscodeException e) {
            if ("required".equals(System.getenv("TRANSCODE_IT"))) {
                throw e;
            }
            Assumptions.abort(e.getMessage());
        }
    }

    static boolean hasFfmpeg(String choice) {
        try {
            find(choice);
            return true;
        } catch (TranscodeException e) {
            return false;
        }
    }

    private static void find(String choice) {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("TRANSCODE_FFMPEG", choice);
        FfmpegInstallation.find(env);
    }

    /** 320x180 at 25 frames a second with a tone. */
    static Path small(Path target, int seconds) throws IOException, InterruptedException {
        List<String> inputs = List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=25:duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=duration=" + seconds);
        List<String> codecs = List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac");
        return make(target, inputs, codecs);
    }

    /** A film again and again; nothing is encoded. */
    static Path repeated(Path film, int times, Path target) throws IOException, InterruptedException {
        List<String> input = List.of("-stream_loop", String.valueOf(times - 1), "-i", film.toString());
        return make(target, input, List.of("-c", "copy"));
    }

    private static Path make(Path target, List<String> inputs, List<String> codecs)
            throws IOException, InterruptedException {
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(System.getenv());
        List<String> command = new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error"));
        command.addAll(inputs);
        command.addAll(codecs);
        command.add(target.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(ffmpeg.environment());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return target;
    }
}
