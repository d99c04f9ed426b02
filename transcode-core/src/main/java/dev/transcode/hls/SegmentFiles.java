package dev.transcode.hls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Joins files of fragmented MP4. The bytes are moved by the kernel where it can. */
final class SegmentFiles {
    private SegmentFiles() {}

    /** Writes {@code parts} one after the other into {@code target}, which must not exist. */
    static void concatenate(List<Path> parts, Path target) throws IOException {
        try (FileChannel out = create(target)) {
            for (Path part : parts) {
                try (FileChannel in = FileChannel.open(part, StandardOpenOption.READ)) {
                    transfer(in, new ByteRange(0, in.size()), out);
                }
            }
        }
    }

    /**
     * Writes consecutive segments as one into {@code target}, which must not exist: the first one's type, then all
     * fragments. Each segment's index (sidx) goes, because it describes its own segment alone, and a segment needs none.
     */
    static void merge(List<Path> segments, Path target) throws IOException, MalformedMediaException {
        try (FileChannel out = create(target)) {
            for (int i = 0; i < segments.size(); i++) {
                try (FileChannel in = FileChannel.open(segments.get(i), StandardOpenOption.READ)) {
                    for (TopLevelBox box : TopLevelBox.scan(in, new ByteRange(0, in.size()))) {
                        boolean typeAgain = i > 0 && box.type().equals("styp");
                        if (!typeAgain && !box.type().equals("sidx")) {
                            transfer(in, new ByteRange(box.offset(), box.size()), out);
                        }
                    }
                }
            }
        }
    }

    private static FileChannel create(Path target) throws IOException {
        return FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    private static void transfer(FileChannel in, ByteRange range, FileChannel out) throws IOException {
        long position = range.offset();
        while (position < range.end()) {
            long moved = in.transferTo(position, range.end() - position, out);
            if (moved <= 0) {
                throw new IOException("the file became shorter while it was copied");
            }
            position += moved;
        }
    }
}
