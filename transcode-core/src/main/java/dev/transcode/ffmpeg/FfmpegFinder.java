package dev.transcode.ffmpeg;

import dev.transcode.ffmpeg.FfmpegInstallation.Source;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for an FFmpeg that can do the job: one look, then thrown away. */
final class FfmpegFinder {
    /** Names the choice: a directory, {@code path} or {@code bundled}. */
    static final String SETTING = "TRANSCODE_FFMPEG";

    private final Map<String, String> env;
    private final FfmpegBundle bundle;
    private final List<String> rejected = new ArrayList<>();

    FfmpegFinder(Map<String, String> env) {
        this(env, FfmpegBundle.onClassPath(env));
    }

    FfmpegFinder(Map<String, String> env, FfmpegBundle bundle) {
        this.env = Map.copyOf(env);
        this.bundle = bundle;
    }

    /** @throws TranscodeException as {@link FfmpegInstallation#find} */
    FfmpegInstallation find() {
        String choice = env.getOrDefault(SETTING, "").strip();
        Optional<FfmpegInstallation> found = switch (choice) {
            case "" -> onPath().or(this::bundled);
            case "path" -> onPath();
            case "bundled" -> bundled();
            default -> explicit(choice);
        };
        return found.orElseThrow(() -> new TranscodeException(
                FailureCode.FFMPEG_MISSING,
                "cannot find a usable ffmpeg"
                        + (choice.isEmpty() ? "" : " (" + SETTING + "=" + choice + ")")
                        + ": "
                        + String.join("; ", rejected)));
    }

    private Optional<FfmpegInstallation> explicit(String choice) {
        Path directory;
        try {
            directory = Path.of(choice).toAbsolutePath();
        } catch (InvalidPathException e) {
            return reject(choice, "is no directory");
        }
        if (!Files.isDirectory(directory)) {
            return reject(choice, "is no directory");
        }
        return inDirectory(Source.EXPLICIT, directory, programEnvironment(), Optional.empty());
    }

    /** The first {@code ffmpeg} on PATH, as a shell would find it; its ffprobe must lie on PATH too. */
    private Optional<FfmpegInstallation> onPath() {
        Optional<Path> ffmpeg = lookUp("ffmpeg");
        if (ffmpeg.isEmpty()) {
            return reject("PATH", "has no ffmpeg");
        }
        Optional<Path> ffprobe = lookUp("ffprobe");
        if (ffprobe.isEmpty()) {
            return reject("PATH", "has " + ffmpeg.get() + " but no ffprobe");
        }
        return check(Source.PATH, ffmpeg.get(), ffprobe.get(), programEnvironment(), Optional.empty());
    }

    private Optional<FfmpegInstallation> bundled() {
        Optional<FfmpegBundle.Unpacked> unpacked;
        try {
            unpacked = bundle.unpack();
        } catch (TranscodeException e) {
            return reject("the bundle", e.failure().message());
        }
        if (unpacked.isEmpty()) {
            return reject("the bundle", "is not on the class path for this platform");
        }
        return inDirectory(
                Source.BUNDLED,
                unpacked.get().directory(),
                unpacked.get().environment(),
                Optional.of(new StubLibraries(unpacked.get())));
    }

    private Optional<FfmpegInstallation> inDirectory(
            Source source, Path directory, Map<String, String> environment, Optional<StubLibraries> stubs) {
        for (String name : List.of("ffmpeg", "ffprobe")) {
            if (!isProgram(directory.resolve(name))) {
                return reject(directory.toString(), "has no " + name);
            }
        }
        return check(source, directory.resolve("ffmpeg"), directory.resolve("ffprobe"), environment, stubs);
    }

    private Optional<FfmpegInstallation> check(
            Source source, Path ffmpeg, Path ffprobe, Map<String, String> environment, Optional<StubLibraries> stubs) {
        try {
            List<String> decoders = new ArrayList<>();
            ToolExit exit = askForDecoders(ffmpeg, environment, decoders);
            while (!exit.isSuccess() && stubs.isPresent() && stubs.get().addFor(exit)) {
                exit = askForDecoders(ffmpeg, environment, decoders);
            }
            Optional<VersionReport> report = VersionReport.parse(exit.lastLines());
            if (exit.isSuccess() && report.isEmpty()) {
                List<String> lines = new ArrayList<>(); // A wrapper that hides the banner.
                exit = FfmpegInstallation.run(ffmpeg, List.of("-version"), environment, lines);
                report = VersionReport.parse(lines);
            }
            if (!exit.isSuccess() || report.isEmpty()) {
                return reject(ffmpeg.toString(), "does not start: " + whyNot(exit));
            }
            VersionReport version = report.get();
            if (!version.isRecent()) {
                return reject(ffmpeg.toString(), "is version " + version.version() + ", older than 5.1");
            }
            FfmpegInstallation found = new FfmpegInstallation(source, ffmpeg, ffprobe, version.version(), environment);
            found.learn(Capability.DECODERS, decoders);
            List<String> missing = version.provesEncoders() ? List.of() : missing(found);
            return missing.isEmpty()
                    ? Optional.of(found)
                    : reject(ffmpeg.toString(), "was built without " + String.join(", ", missing));
        } catch (TranscodeException e) {
            return reject(ffmpeg.toString(), e.failure().message());
        }
    }

    /** Its banner, on stderr, tells the version: one start for both questions that every job has. */
    private static ToolExit askForDecoders(Path ffmpeg, Map<String, String> environment, List<String> decoders) {
        decoders.clear();
        return FfmpegInstallation.run(ffmpeg, List.of(Capability.DECODERS.option()), environment, decoders);
    }

    private static List<String> missing(FfmpegInstallation found) {
        List<String> missing = new ArrayList<>();
        for (String encoder : List.of("libx264", "aac")) {
            if (!found.encoders().contains(encoder)) {
                missing.add(encoder);
            }
        }
        if (!found.filters().contains("zscale")) {
            missing.add("zscale");
        }
        return missing;
    }

    private Optional<Path> lookUp(String name) {
        for (String entry : env.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            // An empty entry means the current directory to a shell; a program found there is nobody's intention.
            if (!entry.isEmpty() && isProgram(Path.of(entry, name))) {
                return Optional.of(Path.of(entry, name).toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private Map<String, String> programEnvironment() {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("PATH", "LD_LIBRARY_PATH")) {
            String value = env.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return environment;
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static String whyNot(ToolExit exit) {
        String words = exit.lastWords(1);
        if (words.contains("GLIBC_")) {
            return "it needs a newer glibc than this machine has (" + words + "): install the package ffmpeg";
        }
        // The program is there, its loader (ld-linux) is not: musl.
        if (exit.code() == 127 && words.endsWith("No such file or directory") && !words.contains("shared lib")) {
            return "this machine has no glibc: install the package ffmpeg (Alpine: apk add ffmpeg)";
        }
        return "it " + exit.describe() + (words.isEmpty() ? "" : ": " + words);
    }

    private Optional<FfmpegInstallation> reject(String what, String why) {
        rejected.add(what + " " + why);
        return Optional.empty();
    }
}
