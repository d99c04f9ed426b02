package dev.transcode.worker.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder of a run: what all its processes share. */
record Site(Path folder) {
    static final String IN = "films";
    static final String OUT = "site";
    static final String FILM = "in.mp4";

    /** Makes what has to be there before a worker starts. */
    void make() throws IOException {
        for (Path each : new Path[] {folder.resolve(IN), folder.resolve(OUT), locks(), recordings()}) {
            Files.createDirectories(each);
        }
        Files.writeString(folder.resolve(IN).resolve(FILM), "some bytes that nobody reads");
    }

    Map<String, Path> buckets() {
        return Map.of(IN, folder.resolve(IN), OUT, folder.resolve(OUT));
    }

    Journal journal() {
        return new Journal(folder.resolve("journal"));
    }

    Path locks() {
        return folder.resolve("locks");
    }

    Path work() {
        return folder.resolve("work");
    }

    /** Shared by all runs. */
    Path recordings() {
        return folder.resolveSibling("recordings");
    }

    static String prefix(String job) {
        return "out/" + job;
    }
}
