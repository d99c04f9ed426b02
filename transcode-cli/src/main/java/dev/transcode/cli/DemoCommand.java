package dev.transcode.cli;

import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.TestFilm;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Preset;
import dev.transcode.ladder.RateControl;
import dev.transcode.ladder.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Makes a test film of 20 s, runs the whole job on it and says how to play the result.",
        footer = {"", "Example:", "  transcode demo"})
final class DemoCommand implements Callable<Integer> {
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final EncodeSettings SETTINGS =
            new EncodeSettings(VideoCodec.H264, Preset.VERYFAST, RateControl.BITRATE, 21, 60, 4);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = "transcode-demo",
            description = "Folder for the film and the output (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Mixin
    private FfmpegOptions ffmpeg;

    @Override
    public Integer call() throws Exception {
        Console console = Console.of(spec.commandLine());
        FfmpegInstallation installation = ffmpeg.find();
        Files.createDirectories(output);
        Path film = output.resolve("film.mp4");
        Path hls = output.resolve("out");
        console.err().println("making a test film of " + LENGTH.toSeconds() + " s with " + installation);
        TestFilm.make(installation, film, LENGTH, new Cancellation());
        int code = new LocalRun(console, installation, json, false)
                .run(film, hls, LocalRun.job(film, hls).settings(SETTINGS).build());
        console.err().println();
        String command = Main.typed();
        console.err().println("Play it:  " + command + " play " + hls);
        console.err().println("Your own: " + command + " run film.mp4 -o out");
        return code;
    }
}
