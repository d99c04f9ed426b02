package dev.transcode.cli;

import dev.transcode.job.FailureCode;
import dev.transcode.job.Job;
import dev.transcode.job.TranscodeException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Makes an HLS ladder and progressive MP4s of a video, here and now, without any server.",
        footer = {
            "",
            "Examples:",
            "  transcode run film.mp4 -o out",
            "  transcode run film.mp4 -o out --profile mobile --preset veryfast",
            "  transcode run film.mp4 -o out --json > result.json",
            "",
            "A run that fails or is interrupted leaves the output folder as it was. Another",
            "run into the same folder replaces the output; the segments of the one before",
            "stay until the next, for who is still watching."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder the output goes to; made if it is missing (default: the video's name and '-hls').")
    private @Nullable Path output;

    @Option(
            names = "--public-base-url",
            paramLabel = "URL",
            converter = WebAddress.OfBucket.class,
            description = "Where the output folder will be served: playlists then hold absolute addresses.")
    private @Nullable URI publicBaseUrl;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Option(
            names = "--measure",
            description =
                    "Compare each rendition with the source: SSIM, PSNR and, where FFmpeg has it, XPSNR. Takes about"
                            + " as long as decoding everything once more.")
    private boolean measure;

    @Mixin
    private EncodeOptions encode;

    @Mixin
    private FfmpegOptions ffmpeg;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new TranscodeException(
                    FailureCode.INPUT_NOT_FOUND,
                    "cannot read " + file + ": "
                            + (Files.isDirectory(file) ? "it is a folder" : "there is no such file"));
        }
        Path folder = output == null ? defaultOutput(file) : output;
        Job.Builder job = LocalRun.job(file, folder).ladder(encode.ladder()).settings(encode.settings());
        Optional.ofNullable(publicBaseUrl).ifPresent(job::publicBaseUrl);
        Console console = Console.of(spec.commandLine());
        return new LocalRun(console, ffmpeg.find(), json, measure).run(file, folder, job.build());
    }

    private static Path defaultOutput(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return Path.of((dot > 0 ? name.substring(0, dot) : name) + "-hls");
    }
}
