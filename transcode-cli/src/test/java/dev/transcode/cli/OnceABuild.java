package dev.transcode.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Films, and packages made of them, that take long to make: each is made once in a build, by whichever of its test
 * processes wants it first. Thread-safe; others wait.
 */
public final class OnceABuild {
    private static final Path FOLDER = Path.of("target", "films", build());

    private OnceABuild() {}

    /** Makes one. */
    @FunctionalInterface
    public interface Maker {
        /** @param target a file or a folder that is not there yet, or half made by a process that died */
        void make(Path target) throws IOException, InterruptedException;
    }

    /**
     * The file or folder of this name, made now if this build has none.
     *
     * @param maker may ask for other names
     */
    public static synchronized Path get(String name, Maker maker) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Path target = FOLDER.resolve(name);
        Path made = FOLDER.resolve(name + ".made");
        try (FileChannel lock =
                FileChannel.open(FOLDER.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.exists(made)) {
                maker.make(target);
                Files.createFile(made);
            }
        }
        return target;
    }

    /** What lies there from an earlier build is of older code. A build makes its jar anew; without one, each process is. */
    private static String build() {
        try {
            Path jar = Path.of(System.getProperty("transcode.cli.jar", "no-jar"));
            return "of-" + Files.getLastModifiedTime(jar).toMillis();
        } catch (IOException e) {
            return "of-process-" + ProcessHandle.current().pid();
        }
    }
}
