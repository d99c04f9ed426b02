package dev.transcode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What ffprobe 5.1 and 8.1 printed for the corpus files s01 to s23, as {@link FfprobeProber} asks it. */
final class ProbeFixtures {
    static final List<String> VERSIONS = List.of("5.1", "8.1");

    private ProbeFixtures() {}

    static ProbeReport header(String file, String version) {
        return ProbeJson.parse(read(file + "-" + version + ".json")).orElseThrow();
    }

    /** The scan over all packets of a file. */
    static PacketScan scan(ProbeReport header, String file, String version) {
        PacketScan scan = new PacketScan(header);
        read(file + "-" + version + ".packets").lines().forEach(scan::accept);
        return scan;
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(ProbeFixtures.class.getResourceAsStream("probe/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
