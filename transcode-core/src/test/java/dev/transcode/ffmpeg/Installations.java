package dev.transcode.ffmpeg;

import dev.transcode.job.TranscodeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The FFmpegs that the integration tests run with: the bundle, and the one on PATH. */
public final class Installations {
    /** Each looked for once, and asked once for what it can do: every question is a start of it. */
    private static final Map<String, Optional<FfmpegInstallation>> FOUND = new ConcurrentHashMap<>();

    private Installations() {}

    /** For {@code @MethodSource}: those that this machine has; with {@code TRANSCODE_IT=required} it must have both. */
    static Stream<FfmpegInstallation> all() {
        List<FfmpegInstallation> all = new ArrayList<>();
        for (String choice : List.of("bundled", "path")) {
            find(choice).ifPresent(all::add);
        }
        Assumptions.assumeFalse(all.isEmpty(), "no ffmpeg here");
        return all.stream();
    }

    /** {@code bundled} or {@code path}; the test is skipped where it is not, except with {@code TRANSCODE_IT=required}. */
    public static FfmpegInstallation require(String choice) {
        return find(choice).orElseGet(() -> Assumptions.abort("no such ffmpeg here: " + choice));
    }

    /**
     * What makes films for tests and looks at what came of them, whichever FFmpeg is tested: the first of {@link #all},
     * which is the bundle, since it starts in a fifth of the time that Debian's takes.
     */
    public static FfmpegInstallation tool() {
        return all().findFirst().orElseThrow();
    }

    private static Optional<FfmpegInstallation> find(String choice) {
        return FOUND.computeIfAbsent(choice, Installations::look);
    }

    private static Optional<FfmpegInstallation> look(String choice) {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put(FfmpegFinder.SETTING, choice);
        try {
            return Optional.of(FfmpegInstallation.find(env));
        } catch (TranscodeException e) {
            if ("required".equals(System.getenv("TRANSCODE_IT"))) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
