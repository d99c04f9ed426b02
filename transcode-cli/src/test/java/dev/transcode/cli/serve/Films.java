package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.cli.Main;
import dev.transcode.cli.OnceABuild;
import dev.transcode.cli.RealFilm;
import dev.transcode.contract.Corpus;
import dev.transcode.ffmpeg.FfmpegInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Films made by FFmpeg, and packages made of them by the command: each once in a build. */
final class Films {
    private static final List<String> H264 = List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p");

    private Films() {}

    /** The four rungs of {@code roku-hls} of a real film of 30 s, if it is there, else of a test picture of 24 s. */
    static Path ladder() throws IOException, InterruptedException {
        Optional<Corpus> real = Corpus.find();
        if (real.isPresent()) {
            return RealFilm.ladder(real.get());
        }
        return run("ladder", pattern("ladder.mp4", "1920x1080", 24, "-crf", "20", "-c:a", "aac"));
    }

    /** 12 s of a test picture at 720p with a tone. */
    static Path clip() throws IOException, InterruptedException {
        return pattern("clip.mp4", "1280x720", 12, "-c:a", "aac");
    }

    /** Exactly three segments of 4 s: 12.000 s of picture and sound. */
    static Path wholeSegments() throws IOException, InterruptedException {
        Path film = pattern("whole.mkv", "640x360", 12, "-c:a", "pcm_s16le");
        return run("whole", film, "--ladder", "360p:800k:64k,240p:400k:64k");
    }

    /** At every whole second from 1 to 5 a flash of 0.2 s and, from the same instant, a beep of 0.1 s. */
    static Path flashAndBeep() throws IOException, InterruptedException {
        Path film = OnceABuild.get("flash.mkv", target -> {
            List<String> arguments = new ArrayList<>(List.of(
                    "-f",
                    "lavfi",
                    "-i",
                    "color=black:s=640x360:r=25:d=6,drawbox=c=white:t=fill:enable='gte(t,0.5)*lt(mod(t+0.001,1),0.2)'",
                    "-f",
                    "lavfi",
                    "-i",
                    beeps()));
            arguments.addAll(H264);
            arguments.addAll(List.of("-c:a", "pcm_s16le"));
            ffmpeg(target, arguments);
        });
        Path folder = run("flash", film, "--ladder", "360p:800k:128k");
        // The same beeps as bare samples: what is measured of them is the error of the measurement itself.
        Path control = folder.resolve("control.wav");
        if (!Files.exists(control)) {
            ffmpeg(control, List.of("-f", "lavfi", "-i", beeps(), "-c:a", "pcm_s16le"));
        }
        return folder;
    }

    /** A package of another maker: no report, TS segments, other names. */
    static Path foreign() throws IOException, InterruptedException {
        return OnceABuild.get("foreign", folder -> {
            Files.createDirectories(folder);
            List<String> arguments = patternArguments("640x360", 12);
            arguments.addAll(List.of("-g", "50", "-c:a", "aac"));
            arguments.addAll(List.of("-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"));
            arguments.addAll(List.of("-master_pl_name", "main.m3u8"));
            ffmpeg(folder.resolve("list.m3u8"), arguments);
        });
    }

    /** A test picture of 25 frames a second, with a tone that beeps once a second. */
    private static Path pattern(String name, String size, int seconds, String... options)
            throws IOException, InterruptedException {
        return OnceABuild.get(name, target -> {
            List<String> arguments = patternArguments(size, seconds);
            arguments.addAll(List.of(options));
            ffmpeg(target, arguments);
        });
    }

    private static List<String> patternArguments(String size, int seconds) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=s=" + size + ":r=25:d=" + seconds));
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=f=440:b=4:r=48000:d=" + seconds));
        arguments.addAll(H264);
        return arguments;
    }

    private static String beeps() {
        return "aevalsrc='0.8*sin(2*PI*1000*t)*gte(t,0.5)*lt(mod(t,1),0.1)':s=48000:d=6";
    }

    private static Path run(String name, Path film, String... options) throws IOException, InterruptedException {
        return OnceABuild.get(name, folder -> {
            List<String> command =
                    new ArrayList<>(List.of("run", film.toString(), "-o", folder.toString(), "--preset", "ultrafast"));
            command.addAll(List.of(options));
            assertThat(Main.run(command.toArray(String[]::new)))
                    .as(command.toString())
                    .isZero();
        });
    }

    private static void ffmpeg(Path target, List<String> arguments) throws IOException, InterruptedException {
        FfmpegInstallation ffmpeg = FfmpegInstallation.find(System.getenv());
        List<String> command = new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        command.add(target.toString());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(ffmpeg.environment());
        assertThat(builder.start().waitFor()).as(command.toString()).isZero();
    }
}
