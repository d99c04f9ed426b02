package dev.transcode.cli;

import dev.transcode.Attempt;
import dev.transcode.JobResult;
import dev.transcode.JsonReports;
import dev.transcode.Transcoder;
import dev.transcode.encode.Quality;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.QualityMeter;
import dev.transcode.hls.RenditionFacts;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Job;
import dev.transcode.job.JobId;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.storage.LocalStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One job from a local file into a local folder, with its progress and result printed. */
final class LocalRun {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final Console console;
    private final FfmpegInstallation ffmpeg;
    private final boolean json;
    private final boolean measure;

    /** @param measure whether the result is compared with the source */
    LocalRun(Console console, FfmpegInstallation ffmpeg, boolean json, boolean measure) {
        this.console = console;
        this.ffmpeg = ffmpeg;
        this.json = json;
        this.measure = measure;
    }

    /** A job with the output folder's own id: a later run into it knows which files it may replace and remove. */
    static Job.Builder job(Path file, Path folder) {
        return Job.builder()
                .id(new JobId("local-" + hash(folder.toAbsolutePath().normalize())))
                .source(isIn(folder, file) ? OUTPUT : INPUT, String.valueOf(file.getFileName()))
                .output(OUTPUT, "");
    }

    /** Then an output may have the source's name, which the job has to know. */
    private static boolean isIn(Path folder, Path file) {
        Path parent = file.toAbsolutePath().getParent();
        try {
            return parent != null && Files.isDirectory(folder) && Files.isSameFile(parent, folder);
        } catch (IOException e) {
            return false; // The run will say what is wrong with it.
        }
    }

    int run(Path file, Path folder, Job job) {
        Path parent = file.toAbsolutePath().getParent();
        Transcoder transcoder = Transcoder.builder()
                .storage(LocalStorage.of(Map.of(INPUT, parent == null ? Path.of("/") : parent, OUTPUT, folder)))
                .ffmpeg(ffmpeg)
                .workDirectory(workDirectory(folder))
                .build();
        Cancellation cancellation = new Cancellation();
        ProgressPrinter progress = new ProgressPrinter(console);
        JobResult result;
        try {
            result = Interrupts.cancelling(
                    cancellation,
                    () -> transcoder.run(job, Attempt.unqueued(Clock.systemUTC(), cancellation), progress));
        } finally {
            progress.end();
        }
        List<Quality> qualities = measure ? measure(file, folder, progress, cancellation) : List.of();
        if (json) {
            console.out().println(JsonReports.of(result, qualities));
        } else {
            print(result, folder);
            print(qualities);
        }
        return ExitCode.OK;
    }

    /** Beside the output, so that finished files are renamed into place instead of copied. */
    private static Path workDirectory(Path folder) {
        return Optional.ofNullable(System.getenv("TRANSCODE_WORK_DIR"))
                .filter(directory -> !directory.isBlank())
                .map(Path::of)
                .orElse(folder);
    }

    private void print(JobResult result, Path folder) {
        PrintWriter out = console.out();
        Table table = new Table(3, "rendition", "size", "codec", "average", "peak", "bytes");
        for (RenditionFacts facts : result.renditions()) {
            table.add(
                    facts.isVideo() ? facts.name() : "audio " + facts.name(),
                    facts.resolution().map(Object::toString).orElse("-"),
                    facts.codec(),
                    Format.bitrate(facts.averageBitrate()),
                    Format.bitrate(facts.peakBitrate()),
                    Format.bytes(facts.bytes()));
        }
        table.print(out, console);
        out.println();
        if (!result.findings().isEmpty()) {
            ProbeCommand.printFindings(console, result.findings());
            out.println();
        }
        for (JobResult.Output output : result.outputs()) {
            out.println(folder.resolve(output.key()) + "  " + Format.bytes(output.bytes()));
        }
        double seconds = result.stats().wall().toNanos() / 1e9;
        out.println(console.green("complete") + ": " + Format.duration(result.duration()) + " encoded in "
                + Format.duration(result.stats().wall())
                + String.format(Locale.ROOT, " (%.2fx)", result.duration().toNanos() / 1e9 / seconds) + ", CPU "
                + Format.duration(result.stats().cpu()) + ", peak memory "
                + Format.bytes(result.stats().peakMemoryBytes()));
    }

    private List<Quality> measure(Path file, Path folder, ProgressPrinter progress, Cancellation cancellation) {
        EncodePlan plan = progress.plan();
        if (plan.renditions().isEmpty()) {
            return List.of();
        }
        console.err().println("measuring the quality ...");
        List<Path> renditions = plan.renditions().stream()
                .map(rendition -> folder.resolve(rendition.name() + ".mp4"))
                .toList();
        return Interrupts.cancelling(
                cancellation,
                () -> new QualityMeter(ffmpeg).measure(plan, file.toAbsolutePath(), renditions, cancellation));
    }

    private void print(List<Quality> qualities) {
        if (qualities.isEmpty()) {
            return;
        }
        console.out().println();
        Table table = new Table(1, "rendition", "SSIM", "PSNR dB", "XPSNR dB");
        for (Quality quality : qualities) {
            table.add(
                    quality.rendition(),
                    String.format(Locale.ROOT, "%.4f", quality.ssim()),
                    String.format(Locale.ROOT, "%.2f", quality.psnr()),
                    quality.xpsnr().isPresent()
                            ? String.format(Locale.ROOT, "%.2f", quality.xpsnr().getAsDouble())
                            : "-");
        }
        table.print(console.out(), console);
    }

    private static String hash(Path path) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
