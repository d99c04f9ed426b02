package dev.transcode.ffmpeg;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What FFmpeg says of itself, by {@code -version} or in the banner above whatever else it prints.
 *
 * @param version as printed, e.g. {@code 5.1.9-0+deb12u1} or {@code N-109542-g6d1e2b9}
 * @param configuration the options it was built with
 * @param libavutil version of the library beside it, e.g. {@code 57.28}; empty if not told
 */
record VersionReport(String version, Set<String> configuration, Optional<Numbers> libavutil) {
    private static final Pattern FIRST_LINE = Pattern.compile("\\S+ version (\\S+).*");
    private static final Pattern RELEASE = Pattern.compile("n?(\\d{1,4})\\.(\\d{1,4})(?:\\D.*)?");
    private static final Pattern LIBAVUTIL = Pattern.compile("libavutil\\s+.*/\\s*(\\d{1,4})\\.\\s*(\\d{1,4})\\..*");

    /** The first release with {@code -fps_mode}, and the libavutil it came with (FFmpeg's doc/APIchanges). */
    private static final Numbers OLDEST = new Numbers(5, 1);

    private static final Numbers OLDEST_LIBAVUTIL = new Numbers(57, 28);

    VersionReport {
        configuration = Set.copyOf(configuration);
    }

    /** Reads its output; empty if that is not FFmpeg's. */
    static Optional<VersionReport> parse(List<String> lines) {
        String version = null;
        Set<String> configuration = Set.of();
        Optional<Numbers> libavutil = Optional.empty();
        for (String indented : lines) {
            String line = indented.strip();
            Matcher first = FIRST_LINE.matcher(line);
            Matcher library = LIBAVUTIL.matcher(line);
            if (version == null && first.matches()) {
                version = first.group(1);
            } else if (line.startsWith("configuration:")) {
                configuration = optionsOf(line);
            } else if (library.matches()) {
                libavutil = Optional.of(Numbers.of(library));
            }
        }
        return version == null ? Optional.empty() : Optional.of(new VersionReport(version, configuration, libavutil));
    }

    /** Whether it is 5.1 or newer. A build from git has no number; its libavutil tells. */
    boolean isRecent() {
        Matcher release = RELEASE.matcher(version);
        if (release.matches()) {
            return Numbers.of(release).isAtLeast(OLDEST);
        }
        return libavutil.filter(numbers -> numbers.isAtLeast(OLDEST_LIBAVUTIL)).isPresent();
    }

    /** Whether {@code version} is a release with a number of at least {@code major.minor}. */
    static boolean isRelease(String version, int major, int minor) {
        Matcher release = RELEASE.matcher(version);
        return release.matches() && Numbers.of(release).isAtLeast(new Numbers(major, minor));
    }

    /**
     * Whether its build options alone prove libx264, FFmpeg's own aac and zscale: each of the libraries was named, and
     * nothing was taken away. If not, it must be asked.
     */
    boolean provesEncoders() {
        for (String option : configuration) {
            if (option.matches("--disable-(everything|all|encoders?|filters?)(=.*)?")) {
                return false;
            }
        }
        return configuration.contains("--enable-libx264") && configuration.contains("--enable-libzimg");
    }

    private static Set<String> optionsOf(String line) {
        return Set.copyOf(List.of(line.split("\\s+")));
    }

    /** The first two numbers of a version. */
    record Numbers(int major, int minor) {
        static Numbers of(Matcher matcher) {
            return new Numbers(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }

        boolean isAtLeast(Numbers other) {
            return major != other.major ? major > other.major : minor >= other.minor;
        }
    }
}
