package dev.transcode.hls;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Reads what initialization sections and segments of fragmented MP4 really hold. Nothing is decoded, media data is not
 * loaded, and no number in a file is believed before it was compared with what is there: files may be hostile.
 */
public final class Mp4Reader {
    private Mp4Reader() {}

    /** Reads a whole file as an initialization section. */
    public static InitFacts readInit(Path file) throws IOException, MalformedMediaException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return readInit(channel, whole(channel));
        }
    }

    /**
     * Reads part of a file as an initialization section.
     *
     * @throws MalformedMediaException if it is none
     */
    public static InitFacts readInit(Path file, ByteRange range) throws IOException, MalformedMediaException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return readInit(channel, range);
        }
    }

    /**
     * Reads a whole file as a segment.
     *
     * @param init of the initialization section that applies to it
     * @return by track id, for each track that has a sample in it
     */
    public static Map<Integer, SegmentFacts> readSegment(Path file, InitFacts init)
            throws IOException, MalformedMediaException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return readSegment(channel, whole(channel), init);
        }
    }

    /**
     * Reads part of a file as a segment.
     *
     * @param init of the initialization section that applies to it
     * @return by track id, for each track that has a sample in it; offsets are the file's
     * @throws MalformedMediaException if it is none
     */
    public static Map<Integer, SegmentFacts> readSegment(Path file, ByteRange range, InitFacts init)
            throws IOException, MalformedMediaException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return readSegment(channel, range, init);
        }
    }

    /**
     * Reads the header of a progressive file.
     *
     * @throws MalformedMediaException if it is none, or its boxes do not fill it
     */
    public static ProgressiveFacts readProgressive(Path file) throws IOException, MalformedMediaException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ProgressiveHeader(channel).read(whole(channel));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new MalformedMediaException("a box of the header ends too early");
        }
    }

    private static InitFacts readInit(FileChannel file, ByteRange range) throws IOException, MalformedMediaException {
        List<String> brands = List.of();
        try {
            for (TopLevelBox box : TopLevelBox.scan(file, range)) {
                if (box.type().equals("ftyp")) {
                    brands = InitReader.brands(box.load(file));
                } else if (box.type().equals("moov")) {
                    return InitReader.read(brands, box.load(file));
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new MalformedMediaException("a box of the initialization section ends too early");
        }
        throw new MalformedMediaException("there is no moov box");
    }

    private static Map<Integer, SegmentFacts> readSegment(FileChannel file, ByteRange range, InitFacts init)
            throws IOException, MalformedMediaException {
        SegmentReader reader = new SegmentReader(init, range);
        try {
            for (TopLevelBox box : TopLevelBox.scan(file, range)) {
                if (box.type().equals("moof")) {
                    reader.fragment(box, box.load(file));
                }
            }
            return reader.facts();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new MalformedMediaException("a box of the segment ends too early");
        } catch (ArithmeticException e) {
            throw new MalformedMediaException("a time in the segment is out of bounds");
        }
    }

    private static ByteRange whole(FileChannel file) throws IOException, MalformedMediaException {
        if (file.size() == 0) {
            throw new MalformedMediaException("the file is empty");
        }
        return new ByteRange(0, file.size());
    }
}
