package dev.transcode.verify;

import dev.transcode.hls.ByteRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Joins parts of files into a new one. */
final class SampleFile implements AutoCloseable {
    private final Path path;
    private final FileChannel out;

    /** @param path must not exist */
    SampleFile(Path path) throws IOException {
        this.path = path;
        this.out = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    Path path() {
        return path;
    }

    /** @param range the part of it; empty = all */
    void append(Path part, Optional<ByteRange> range) throws IOException {
        try (FileChannel in = FileChannel.open(part, StandardOpenOption.READ)) {
            long position = range.map(ByteRange::offset).orElse(0L);
            long end = Math.min(in.size(), range.map(ByteRange::end).orElse(Long.MAX_VALUE));
            while (position < end) {
                long moved = in.transferTo(position, end - position, out);
                if (moved <= 0) {
                    throw new IOException(part + " became shorter while it was copied");
                }
                position += moved;
            }
        }
    }

    boolean isEmpty() throws IOException {
        return out.position() == 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
