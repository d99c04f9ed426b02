package dev.transcode.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.job.TranscodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Checks that this machine can do the work, and says what to do where it cannot.")
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> NEEDED_FILTERS =
            List.of("zscale", "tonemap", "bwdif", "fps", "tpad", "scale", "aresample");
    private static final Set<String> SHOWN_ENCODERS = Set.of(
            "libx264", "libx265", "libsvtav1", "aac", "h264_nvenc", "h264_qsv", "h264_vaapi", "h264_videotoolbox");

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private FfmpegOptions ffmpeg;

    /** How one check ended. */
    private enum Level {
        OK,
        WARNING,
        FAILED
    }

    /**
     * One line.
     *
     * @param seen what was found
     * @param hint what to do; empty if nothing is to be done
     */
    private record Check(String name, Level level, String seen, String hint) {}

    @Override
    public Integer call() {
        Console console = Console.of(spec.commandLine());
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checkFfmpeg(checks);
        if (json) {
            Gson gson = new GsonBuilder().setPrettyPrinting().create();
            console.out().println(gson.toJson(checks));
        } else {
            checks.forEach(check -> print(console, check));
        }
        boolean failed = checks.stream().anyMatch(check -> check.level() == Level.FAILED);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private static Check java() {
        Runtime.Version version = Runtime.version();
        return new Check(
                "java",
                Level.OK,
                version + ", " + Runtime.getRuntime().availableProcessors() + " processors, heap up to "
                        + Format.bytes(Runtime.getRuntime().maxMemory()),
                "");
    }

    private void checkFfmpeg(List<Check> checks) {
        FfmpegInstallation installation;
        try {
            installation = ffmpeg.find();
        } catch (TranscodeException e) {
            checks.add(new Check(
                    "ffmpeg", Level.FAILED, e.failure().message(), e.failure().hint()));
            return;
        }
        checks.add(new Check("ffmpeg", Level.OK, installation.toString(), ""));
        Set<String> encoders = new TreeSet<>(installation.encoders());
        encoders.retainAll(SHOWN_ENCODERS);
        checks.add(new Check("encoders", Level.OK, String.join(" ", encoders), ""));
        List<String> missing = NEEDED_FILTERS.stream()
                .filter(filter -> !installation.filters().contains(filter))
                .toList();
        checks.add(
                missing.isEmpty()
                        ? new Check("filters", Level.OK, String.join(" ", NEEDED_FILTERS), "")
                        : new Check(
                                "filters",
                                Level.FAILED,
                                "missing: " + String.join(" ", missing),
                                "Use a full build of FFmpeg, or --ffmpeg bundled."));
    }

    private static void print(Console console, Check check) {
        String word = check.level().name().toLowerCase(Locale.ROOT);
        String colored = switch (check.level()) {
            case OK -> console.green(word);
            case WARNING -> console.yellow(word);
            case FAILED -> console.red(word);
        };
        console.out().println(colored + " ".repeat(9 - word.length()) + check.name() + ": " + check.seen());
        if (!check.hint().isEmpty()) {
            console.out().println("         " + check.hint());
        }
    }
}
