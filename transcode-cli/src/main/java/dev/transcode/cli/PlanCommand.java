package dev.transcode.cli;

import dev.transcode.JsonReports;
import dev.transcode.ffmpeg.FfmpegEncoder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.FfprobeProber;
import dev.transcode.job.Cancellation;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.EncodeSettings;
import dev.transcode.ladder.Ladder;
import dev.transcode.ladder.Rendition;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Shows what would be made of a video, and the exact FFmpeg command. Encodes nothing.",
        footer = {"", "Example:", "  transcode plan film.mp4 --ladder 720p:4M:128k,480p:2M:96k --preset slow"})
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private EncodeOptions encode;

    @Mixin
    private FfmpegOptions ffmpeg;

    @Override
    public Integer call() {
        Console console = Console.of(spec.commandLine());
        Ladder ladder = encode.ladder(); // Options before the film: reading a long one takes a while.
        EncodeSettings settings = encode.settings();
        FfmpegInstallation installation = ffmpeg.find();
        MediaInfo media = new FfprobeProber(installation).probe(file, new Cancellation());
        EncodePlan plan = EncodePlanner.plan(media, ladder, settings);
        List<String> command = new FfmpegEncoder(installation).command(plan, file.toAbsolutePath(), Path.of("WORK"));
        if (json) {
            console.out().println(JsonReports.of(plan, command));
        } else {
            print(console, media, plan, command);
        }
        return ExitCode.OK;
    }

    private void print(Console console, MediaInfo media, EncodePlan plan, List<String> command) {
        PrintWriter out = console.out();
        Table table = new Table(2, "rendition", "size", "fps", "bitrate", "max", "gop", "preset", "audio");
        for (Rendition rendition : plan.renditions()) {
            table.add(
                    rendition.name(),
                    rendition.size().toString(),
                    rendition.frameRate().toString(),
                    rendition.bitrate().toString(),
                    rendition.maxRate().toString(),
                    Integer.toString(rendition.gopFrames()),
                    rendition.preset().wire(),
                    rendition.audio().orElse("-"));
        }
        if (!plan.renditions().isEmpty()) {
            table.print(out, console);
        }
        for (AudioRendition audio : plan.audio()) {
            out.println("audio " + audio.name() + ": AAC-LC, stereo, 48 kHz");
        }
        out.println(Format.duration(plan.duration()) + " in segments of " + Format.duration(plan.segmentDuration()));
        List<Finding> findings = new ArrayList<>(media.findings());
        findings.addAll(plan.findings());
        ProbeCommand.printFindings(console, findings);
        out.println();
        out.println(Format.shell(command));
    }
}
