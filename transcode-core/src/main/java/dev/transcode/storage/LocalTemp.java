package dev.transcode.storage;

import dev.transcode.job.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that {@link LocalStorage} keeps beside objects for a moment: {@code .transcode-tmp-<epoch ms>-<random>}. A
 * crash can leave one; the next use of its folder removes it when it is an hour old. The time is in the name because a
 * hard link has its source's times.
 */
final class LocalTemp {
    private static final Logger log = LoggerFactory.getLogger(LocalTemp.class);

    /** No key may have a part that starts so. */
    private static final String RESERVED = ".transcode-";

    private static final String PREFIX = RESERVED + "tmp-";
    private static final Duration OLD = Duration.ofHours(1);
    private static final int BUFFER = 1 << 20;

    private LocalTemp() {}

    static boolean isReserved(String name) {
        return name.startsWith(RESERVED);
    }

    /** A name in the folder of {@code object} that is not taken. */
    static Path beside(Path object) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return object.resolveSibling(PREFIX + System.currentTimeMillis() + "-" + random);
    }

    /**
     * Gives {@code file} the name {@code temp} too, or copies it where that is not possible (another file system, no
     * links there, another owner).
     */
    static void linkOrCopy(Path file, Path temp, Cancellation cancellation) throws IOException {
        try {
            // link(2) would link a symbolic link itself.
            Files.createLink(temp, file.toRealPath());
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            copy(file, temp, cancellation);
        }
    }

    /** Copies the bytes alone, no attributes; the new file has the process's own default permissions. */
    static void copy(Path file, Path temp, Cancellation cancellation) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(temp, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, in.size())));
            while (in.read(buffer) >= 0) {
                cancellation.throwIfCancelled();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    /** Has the system write a file or folder to the disk now. */
    static void force(Path path) throws IOException {
        boolean windows = path.getFileSystem().getSeparator().equals("\\");
        if (windows && Files.isDirectory(path)) {
            return; // Windows has no such call for folders.
        }
        // Windows flushes only what is open for writing; elsewhere reading is enough, and works for read-only files.
        StandardOpenOption option = windows ? StandardOpenOption.WRITE : StandardOpenOption.READ;
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Removes old files of this kind from {@code folder}; what can't be removed stays. */
    static void sweep(Path folder) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : left) {
                if (isOld(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("cannot remove old temporary files from {}: {}", folder, e.getMessage());
        }
    }

    private static boolean isOld(String name) {
        int end = name.indexOf('-', PREFIX.length());
        try {
            long created = Long.parseLong(name.substring(PREFIX.length(), Math.max(end, PREFIX.length())));
            return System.currentTimeMillis() - created > OLD.toMillis();
        } catch (NumberFormatException e) {
            return false; // Not a name of ours after all.
        }
    }
}
