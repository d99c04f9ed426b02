package dev.transcode.worker.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with little room: a small tmpfs where this user may mount one, else a plain folder of this disk. */
record SmallDisk(Path path, boolean isSmall) implements AutoCloseable {
    static SmallDisk of(int megabytes) {
        try {
            Path path = Files.createTempDirectory("small-disk");
            return new SmallDisk(
                    path, run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long freeBytes() {
        return path.toFile().getUsableSpace();
    }

    @Override
    public void close() {
        if (isSmall) {
            run("umount", "--lazy", path.toString());
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
