package dev.transcode.verify;

import dev.transcode.hls.ByteRange;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Joins parts of files into a new one. */
final class SampleFile implements AutoCloseable {
    private final Path path;
    private final AtomicLong room;
    private final FileChannel out;

    /**
     * @param path must not exist
     * @param room bytes that this file and others may still take; what is appended is taken off
     */
    SampleFile(Path path, AtomicLong room) throws IOException {
        this.path = path;
        this.room = room;
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
            if (end > position && room.addAndGet(position - end) < 0) {
                throw new TranscodeException(
                        FailureCode.BAD_INPUT,
                        "cannot verify the package: the segments that are decoded are too large, of the first, middle and"
                                + " last of each track at most " + (PackageReader.MAX_SAMPLE_BYTES >> 30)
                                + " GiB in all are copied");
            }
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
