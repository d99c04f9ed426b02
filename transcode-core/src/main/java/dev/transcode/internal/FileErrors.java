package dev.transcode.internal;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;

/** Classifies what the operating system says about files, once. */
public final class FileErrors {
    /** Linux and macOS (ENOSPC, EDQUOT), Windows. */
    private static final List<String> FULL =
            List.of("no space left on device", "disk quota exceeded", "not enough space on the disk");

    private FileErrors() {}

    /** @param what verb and object, e.g. {@code cannot put out/720p.mp4} */
    public static TranscodeException of(String what, IOException e) {
        FailureCode code = isFull(e) ? FailureCode.DISK_FULL : FailureCode.IO_ERROR;
        return new TranscodeException(code, what + ": " + reason(e), e);
    }

    /** The reason alone, with the path where it is known. */
    public static String reason(IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof NoSuchFileException) {
            return said + ": no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return said + ": it exists already, and is no folder";
        }
        return e instanceof AccessDeniedException ? said + ": permission denied" : said;
    }

    private static boolean isFull(IOException e) {
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return reason != null && FULL.stream().anyMatch(reason.toLowerCase(Locale.ROOT)::contains);
    }
}
