package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.Main;
import dev.transcode.contract.Corpus;
import dev.transcode.ffmpeg.FfmpegInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Films made by FFmpeg, and packages made of them by the command: each once in a run of the tests. */
final class Films {
    private static final Path FOLDER = Path.of("target", "films");

    /** By this run: what lies there from an earlier one may be of older code. */
    private static final Set<Path> MADE = ConcurrentHashMap.newKeySet();

    private Films() {}

    /** The four rungs of {@code roku-hls} of 24 s of a real film, if it is there, else of a test picture. */
    static Path ladder() throws IOException, InterruptedException {
        Path film = FOLDER.resolve("film.mp4");
        Optional<Corpus> real = Corpus.find();
        if (real.isPresent()) {
            ffmpeg(film, "-t", "24", "-i", real.get().file("s01").toString(), "-map", "0", "-c", "copy");
        } else {
            ffmpeg(
                    film,
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=s=1920x1080:r=25:d=24",
                    "-f",
                    "lavfi",
                    "-i",
                    "sine=f=440:b=4:r=48000:d=24",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-crf",
                    "20",
                    "-pix_fmt",
                    "yuv420p",
                    "-c:a",
                    "aac");
        }
        return run("ladder", film);
    }

    /** 12 s of a test picture at 720p with a tone. */
    static Path clip() throws IOException, InterruptedException {
        Path film = FOLDER.resolve("clip.mp4");
        ffmpeg(
                film,
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=1280x720:r=25:d=12",
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:b=4:r=48000:d=12",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac");
        return film;
    }

    /** Exactly three segments of 4 s: 12.000 s of picture and sound. */
    static Path wholeSegments() throws IOException, InterruptedException {
        Path film = FOLDER.resolve("whole.mkv");
        ffmpeg(
                film,
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=640x360:r=25:d=12",
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:b=4:r=48000:d=12",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "pcm_s16le");
        return run("whole", film, "--ladder", "360p:800k:64k,240p:400k:64k");
    }

    /** At every whole second from 1 to 5 a flash of 0.2 s and, from the same instant, a beep of 0.1 s. */
    static Path flashAndBeep() throws IOException, InterruptedException {
        Path film = FOLDER.resolve("flash.mkv");
        ffmpeg(
                film,
                "-f",
                "lavfi",
                "-i",
                "color=black:s=640x360:r=25:d=6," + "drawbox=c=white:t=fill:enable='gte(t,0.5)*lt(mod(t+0.001,1),0.2)'",
                "-f",
                "lavfi",
                "-i",
                beeps(),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "pcm_s16le");
        Path folder = run("flash", film, "--ladder", "360p:800k:128k");
        // The same beeps as bare samples: what is measured of them is the error of the measurement itself.
        ffmpeg(folder.resolve("control.wav"), "-f", "lavfi", "-i", beeps(), "-c:a", "pcm_s16le");
        return folder;
    }

    /** A package of another maker: no report, TS segments, other names. */
    static Path foreign() throws IOException, InterruptedException {
        Path folder = FOLDER.resolve("foreign");
        Files.createDirectories(folder);
        ffmpeg(
                folder.resolve("list.m3u8"),
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=640x360:r=25:d=12",
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:b=4:r=48000:d=12",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-g",
                "50",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-f",
                "hls",
                "-hls_time",
                "4",
                "-hls_playlist_type",
                "vod",
                "-master_pl_name",
                "main.m3u8");
        return folder;
    }

    private static String beeps() {
        return "aevalsrc='0.8*sin(2*PI*1000*t)*gte(t,0.5)*lt(mod(t,1),0.1)':s=48000:d=6";
    }

    private static Path run(String name, Path film, String... options) {
        Path folder = FOLDER.resolve(name);
        if (!MADE.add(folder)) {
            return folder;
        }
        List<String> command =
                new ArrayList<>(List.of("run", film.toString(), "-o", folder.toString(), "--preset", "ultrafast"));
        command.addAll(List.of(options));
        assertThat(Main.run(command.toArray(String[]::new)))
                .as(command.toString())
                .isZero();
        return folder;
    }

    private static void ffmpeg(Path target, String... arguments) throws IOException, InterruptedException {
        if (!MADE.add(target)) {
            return;
        }
        Files.createDirectories(FOLDER);
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(System.getenv());
        List<String> command = new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        command.add(target.toString());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(ffmpeg.environment());
        assertThat(builder.start().waitFor()).as(command.toString()).isZero();
    }
}
