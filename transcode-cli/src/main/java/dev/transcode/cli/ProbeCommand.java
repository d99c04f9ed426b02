package dev.transcode.cli;

import dev.transcode.JsonReports;
import dev.transcode.ffmpeg.FfprobeProber;
import dev.transcode.internal.Count;
import dev.transcode.job.Cancellation;
import dev.transcode.media.AudioStream;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.VideoStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "probe",
        description = "Shows what is in a video, what is odd about it and what will be done about that.",
        footer = {"", "Example:", "  transcode probe film.mp4 --json"})
final class ProbeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private FfmpegOptions ffmpeg;

    @Override
    public Integer call() {
        Console console = Console.of(spec.commandLine());
        MediaInfo media = new FfprobeProber(ffmpeg.find()).probe(file, new Cancellation());
        if (json) {
            console.out().println(JsonReports.of(media));
        } else {
            print(console, file, media);
        }
        return ExitCode.OK;
    }

    static void print(Console console, Path file, MediaInfo media) {
        PrintWriter out = console.out();
        out.println(console.bold(String.valueOf(file.getFileName())) + "  " + Format.bytes(media.bytes()) + ", "
                + Format.duration(media.duration()) + ", " + media.container());
        media.video().ifPresent(video -> out.println("video  " + describe(video)));
        for (AudioStream audio : media.audio()) {
            boolean used = audio.equals(media.mainAudio().orElseThrow());
            out.println("audio  " + describe(audio) + (used ? "" : ", not used"));
        }
        printFindings(console, media.findings());
    }

    static void printFindings(Console console, List<Finding> findings) {
        for (Finding finding : findings) {
            console.out()
                    .println(
                            console.yellow(finding.code().wire()) + ": " + finding.observed() + " -> " + finding.fix());
        }
        if (findings.isEmpty()) {
            console.out().println("nothing odd");
        }
    }

    private static String describe(VideoStream video) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "#%d %s%s, %s",
                video.index(),
                video.codec(),
                video.profile().isEmpty() ? "" : " (" + video.profile() + ")",
                video.coded()));
        if (!video.displaySize().equals(video.coded())) {
            text.append(" shown as ").append(video.displaySize());
        }
        text.append(String.format(
                Locale.ROOT,
                ", %.3f fps%s, %s, %s, %s",
                video.frameRate().value(),
                video.variableFrameRate() ? " on average" : "",
                video.pixelFormat(),
                video.color().transfer().equals("unknown")
                        ? "colours not tagged"
                        : video.color().primaries() + "/" + video.color().transfer(),
                Count.of(video.scan().packets(), "frame")));
        return text.toString();
    }

    private static String describe(AudioStream audio) {
        return String.format(
                Locale.ROOT,
                "#%d %s, %s, %d Hz%s",
                audio.index(),
                audio.codec(),
                audio.channelLayout().isEmpty() ? Count.of(audio.channels(), "channel") : audio.channelLayout(),
                audio.sampleRate(),
                audio.language().isEmpty() ? "" : ", " + audio.language());
    }
}
