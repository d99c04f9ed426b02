package dev.transcode.ffmpeg;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The {@code ffmpeg} and {@code ffprobe} that run, and what they can do. Start with {@link #find}.
 *
 * <p>What it can do is asked of the program itself, each list once, when first wanted. Thread-safe.
 */
public final class FfmpegInstallation {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(20);

    private final Source source;
    private final Path ffmpeg;
    private final Path ffprobe;
    private final String version;
    private final Map<String, String> environment;
    private final Map<Capability, Set<String>> asked = new EnumMap<>(Capability.class);

    /**
     * @param ffmpeg absolute path
     * @param ffprobe absolute path
     * @param environment the whole environment both programs are started with
     */
    FfmpegInstallation(Source source, Path ffmpeg, Path ffprobe, String version, Map<String, String> environment) {
        this.source = source;
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
        this.version = version;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Chooses one: what {@code TRANSCODE_FFMPEG} names (a directory, {@code path} or {@code bundled}); if that is
     * unset, the one on PATH if it is 5.1 or newer and has libx264, aac and zscale; else the bundle, if its jar is on
     * the class path. Starts one process as a rule; the first use of the bundle unpacks it (once per machine and user).
     *
     * @param env the environment to look in: {@code TRANSCODE_FFMPEG}, {@code PATH}, {@code LD_LIBRARY_PATH},
     *     {@code XDG_CACHE_HOME}, {@code HOME}
     * @throws TranscodeException {@code ffmpeg_missing}, saying what was looked at and why each was rejected; an
     *     explicit choice that does not work is never replaced by another
     */
    public static FfmpegInstallation find(Map<String, String> env) {
        return new FfmpegFinder(env).find();
    }

    public Source source() {
        return source;
    }

    /** Absolute path of the program. */
    public Path ffmpeg() {
        return ffmpeg;
    }

    /** Absolute path of the program. */
    public Path ffprobe() {
        return ffprobe;
    }

    /** As it prints it, e.g. {@code 5.1.9-0+deb12u1}; builds from git have no number. */
    public String version() {
        return version;
    }

    /** The whole environment both programs are started with: PATH and LD_LIBRARY_PATH at most. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Names as in {@code -c:v}, e.g. {@code libx264}. */
    public Set<String> encoders() {
        return ask(Capability.ENCODERS);
    }

    /** Names, e.g. {@code h264}, {@code libdav1d}. */
    public Set<String> decoders() {
        return ask(Capability.DECODERS);
    }

    /** Names, e.g. {@code zscale}. */
    public Set<String> filters() {
        return ask(Capability.FILTERS);
    }

    /** Names, e.g. {@code cuda}: what it was built with, not what the machine has. */
    public Set<String> hwaccels() {
        return ask(Capability.HWACCELS);
    }

    /** Names, e.g. {@code mov,mp4,m4a,3gp,3g2,mj2}. */
    public Set<String> demuxers() {
        return ask(Capability.DEMUXERS);
    }

    /** For people: {@code ffmpeg 5.1.9 (path, /usr/bin/ffmpeg)}. */
    @Override
    public String toString() {
        return "ffmpeg " + version + " (" + source.wire() + ", " + ffmpeg + ")";
    }

    /** Takes what {@code ffmpeg} printed when it was asked for this list; if that is none it will be asked again. */
    void learn(Capability capability, List<String> lines) {
        Set<String> names = Set.copyOf(capability.parse(lines));
        if (!names.isEmpty()) {
            synchronized (asked) {
                asked.put(capability, names);
            }
        }
    }

    private Set<String> ask(Capability capability) {
        synchronized (asked) {
            Set<String> known = asked.get(capability);
            if (known == null) {
                List<String> lines = new ArrayList<>();
                ToolExit exit = run(ffmpeg, List.of("-hide_banner", capability.option()), environment, lines);
                known = Set.copyOf(capability.parse(lines));
                if (!exit.isSuccess() || known.isEmpty()) {
                    throw new TranscodeException(
                            FailureCode.FFMPEG_MISSING,
                            "cannot ask " + ffmpeg + " for its "
                                    + capability.option().substring(1) + ": it " + exit.describe() + ": "
                                    + exit.lastWords(1));
                }
                asked.put(capability, known);
            }
            return known;
        }
    }

    /** Runs a program that only prints something. */
    static ToolExit run(Path program, List<String> arguments, Map<String, String> environment, List<String> stdout) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Failure hangs = Failure.of(
                FailureCode.FFMPEG_MISSING,
                "cannot use " + program + ": no answer to " + String.join(" ", arguments) + " within "
                        + ASK_LIMIT.toSeconds() + " s");
        return new ToolProcess(command)
                .environment(environment)
                .stdoutLines(4_096, stdout::add)
                .wallTime(ASK_LIMIT, hangs, System::nanoTime)
                .run(new Cancellation());
    }

    /** Where an installation comes from. */
    public enum Source {
        /** The directory named by {@code TRANSCODE_FFMPEG}. */
        EXPLICIT,
        /** Found on PATH. */
        PATH,
        /** Unpacked from the jar {@code org.bytedeco:ffmpeg}. */
        BUNDLED;

        /** The published word, e.g. {@code bundled}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
