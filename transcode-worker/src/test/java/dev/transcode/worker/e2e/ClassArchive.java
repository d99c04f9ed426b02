package dev.transcode.worker.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes of {@code transcode-worker.jar} as the JVM keeps them in memory (AppCDS): with them a worker's start takes
 * 0.5 s of CPU instead of 1.3, and these tests start dozens. Made once in a build, by a worker that finds no Redis.
 */
final class ClassArchive {
    private ClassArchive() {}

    /** The archive for this jar. */
    static Path of(Path jar, Path folder) {
        try {
            return find(jar, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path find(Path jar, Path folder) throws IOException, InterruptedException {
        long build = Files.getLastModifiedTime(jar).toMillis();
        Path archive = folder.resolve("classes-" + build + ".jsa");
        try (FileChannel lock =
                FileChannel.open(folder.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock(); // Another process of the build may be making it.
            if (!Files.exists(archive)) {
                Path made = folder.resolve("classes.making");
                make(jar, made, folder);
                Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return archive;
    }

    private static void make(Path jar, Path archive, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString());
        try (Backends backends = new Backends();
                Site site = new Site()) {
            backends.bucket.add("in/film.mp4", Films.make(160, 120, 1));
            String webhook = "\"preset\": \"ultrafast\", \"webhook_url\": \"" + site.url() + "\"";
            backends.redis().lpush("classes", Jobs.of("classes", "in/film.mp4", Jobs.ONE_RUNG, webhook));
            builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
            builder.environment().putAll(backends.settings("QUEUE_NAME", "classes"));
            builder.environment()
                    .put("TRANSCODE_WORK_DIR", folder.resolve("classes-work").toString());
            Process worker = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                backends.awaitStatus("classes", "complete");
                await("its webhook").until(() -> !site.hooks("classes").isEmpty());
                worker.destroy(); // It writes when it ends.
                if (!worker.waitFor(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no end: " + Files.readString(log));
                }
            } finally {
                worker.destroyForcibly();
            }
        }
    }
}
