package dev.transcode.queue.redis.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** Redis 6.2 for Linux and macOS, out of a jar. */
public final class EmbeddedRedis {
    private static final Path PROGRAM = unpack();

    private EmbeddedRedis() {}

    /** The program, unpacked once for this process. */
    public static Path program() {
        return PROGRAM;
    }

    private static Path unpack() {
        try {
            File program = ExecutableProvider.newJarResourceProvider().get();
            program.getParentFile().deleteOnExit();
            program.deleteOnExit();
            return program.toPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the embedded redis-server", e);
        }
    }
}
