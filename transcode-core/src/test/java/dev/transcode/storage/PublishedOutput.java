package dev.transcode.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small output for tests of publishing: made in a workspace, put through a session, and looked at where it was put.
 *
 * @param identity of the attempt that makes it
 */
record PublishedOutput(CommitIdentity identity, Path workspace) {
    private static final int SEGMENTS = 2;
    private static final String IMMUTABLE = "max-age=31536000, immutable";

    /** Files of one attempt: segments, a playlist of them, two MP4s, the master. Each names the attempt. */
    static PublishedOutput make(CommitIdentity identity, Path folder) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("work-" + identity.fence()));
        PublishedOutput output = new PublishedOutput(identity, workspace);
        StringBuilder playlist = new StringBuilder("#EXTM3U\n");
        for (int i = 0; i < SEGMENTS; i++) {
            output.write("s" + i + ".m4s", "segment " + i + " of " + identity);
            playlist.append("s").append(i).append(".m4s\n");
        }
        output.write("index.m3u8", playlist.toString());
        output.write("720p.mp4", "720p of " + identity);
        output.write("480p.mp4", "480p of " + identity);
        output.write("master.m3u8", "#EXTM3U\n" + identity.run().name() + "/v-720p/index.m3u8\n");
        return output;
    }

    /** Puts everything and commits. */
    void publish(PublishSession session) {
        for (int i = 0; i < SEGMENTS; i++) {
            session.put(inRun("s" + i + ".m4s", "video/iso.segment"));
        }
        session.put(inRun("index.m3u8", "application/x-mpegURL"));
        session.commit(fixedNames(), master());
    }

    Upload inRun(String name, String contentType) {
        return new Upload(workspace.resolve(name), identity.run().name() + "/v-720p/" + name, contentType, IMMUTABLE);
    }

    List<Upload> fixedNames() {
        return List.of(fixed("720p.mp4", "video/mp4"), fixed("480p.mp4", "video/mp4"));
    }

    Upload master() {
        return fixed("master.m3u8", "application/x-mpegURL");
    }

    private Upload fixed(String name, String contentType) {
        return new Upload(workspace.resolve(name), name, contentType, "max-age=60");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(workspace.resolve(name), text);
    }

    /** Follows the playlists from the master; fails if something they name is missing or of another attempt. */
    static void assertWhole(Path prefix) throws IOException {
        for (String playlist : urisIn(prefix.resolve("master.m3u8"))) {
            Path index = prefix.resolve(playlist);
            List<String> segments = urisIn(index);
            assertThat(segments).hasSize(SEGMENTS);
            for (String segment : segments) {
                assertThat(index.resolveSibling(segment)).isRegularFile();
            }
        }
    }

    /** Every file below a folder with its text; what this storage hides is there too. */
    static Map<String, String> everythingIn(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private static List<String> urisIn(Path playlist) throws IOException {
        List<String> uris = new ArrayList<>();
        for (String line : Files.readAllLines(playlist)) {
            if (!line.startsWith("#")) {
                uris.add(line);
            }
        }
        assertThat(uris).isNotEmpty();
        return uris;
    }
}
