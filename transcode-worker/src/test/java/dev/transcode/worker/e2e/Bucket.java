package dev.transcode.worker.e2e;

import dev.transcode.storage.s3.fixture.TestS3Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bucket as it is on the server's disk: whatever lies there is seen, also what no client asks for. */
record Bucket(TestS3Server server, String name) {
    private static final Pattern URI_ATTRIBUTE = Pattern.compile("URI=\"([^\"]+)\"");

    /** Puts a file there. */
    void add(String key, Path file) {
        try {
            Path target = server.file(name, key);
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file of zeros there; it takes no room on the disk. */
    void addHole(String key, long bytes) {
        try {
            Path target = server.file(name, key);
            Files.createDirectories(target.getParent());
            try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
                file.setLength(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long size(String key) {
        return server.file(name, key).toFile().length();
    }

    String text(String key) {
        try {
            return Files.readString(server.file(name, key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keys below the prefix, without it. */
    Set<String> below(String prefix) {
        Path root = server.file(name, prefix);
        Set<String> keys = new TreeSet<>();
        if (!Files.exists(root)) {
            return keys;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> keys.add(root.relativize(file).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    /**
     * What a player that starts at {@code master.m3u8} can get to: itself, the playlists it names, their segments.
     * Without the prefix; whether they exist is not asked but for playlists.
     */
    Set<String> reachable(String prefix) {
        Set<String> found = new TreeSet<>(Set.of("master.m3u8"));
        Deque<String> playlists = new ArrayDeque<>(found);
        while (!playlists.isEmpty()) {
            String playlist = playlists.pop();
            for (String uri : uris(text(prefix + "/" + playlist))) {
                Path folder = Path.of(playlist).getParent();
                String key =
                        folder == null ? uri : folder.resolve(uri).normalize().toString();
                if (found.add(key) && key.endsWith(".m3u8")) {
                    playlists.push(key);
                }
            }
        }
        return found;
    }

    /** What lies below the prefix and is neither reachable nor one of {@code fixed} nor the live run's report. */
    Set<String> unreferenced(String prefix, String... fixed) {
        Set<String> keys = below(prefix);
        keys.removeAll(reachable(prefix));
        keys.removeAll(List.of(fixed));
        keys.remove(liveRun(prefix) + "/report.json");
        return keys;
    }

    private static List<String> uris(String playlist) {
        Stream<String> lines = playlist.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
        Stream<String> attributes = URI_ATTRIBUTE.matcher(playlist).results().map(match -> match.group(1));
        return Stream.concat(lines, attributes).toList();
    }

    /** The run directory that the multivariant playlist leads to. */
    String liveRun(String prefix) {
        Matcher matcher = Pattern.compile("r-[0-9a-f]{8}-[0-9]+").matcher(text(prefix + "/master.m3u8"));
        if (!matcher.find()) {
            throw new AssertionError("no run directory in " + text(prefix + "/master.m3u8"));
        }
        return matcher.group();
    }
}
