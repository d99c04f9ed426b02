package dev.transcode.worker;

import dev.transcode.internal.WorkFolder;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Optional;

/** Whether the work folder can be written to and has room. */
record DiskSpace(Path folder) implements SelfCheck {
    private static final int ROOT = 0;

    /** With less than this even a short film would fail half way. */
    private static final long MIN_FREE_BYTES = 50_000_000;

    /** The source, and about as much again for what is made of it; the plan's own need is checked once it is known. */
    private static final double SOURCE_FACTOR = 2.2;

    /**
     * Makes the folder and removes what dead workers left in it.
     *
     * @throws TranscodeException {@code io_error} or {@code disk_full} if it cannot be written to, or is another user's
     *     beside which everybody can make one
     */
    void prepare() {
        try {
            Files.createDirectories(folder); // So that it is not the first job's to remove.
            try (WorkFolder own = WorkFolder.create(folder)) {
                if (isOfAStranger(own.path())) {
                    throw new TranscodeException(new Failure(
                            FailureCode.IO_ERROR,
                            "cannot use the work folder " + folder + ": another user made it, and could put other files"
                                    + " in the place of those of a job",
                            "Set TRANSCODE_WORK_DIR to a folder of the worker's own user."));
                }
            }
        } catch (IOException e) {
            throw new TranscodeException(
                    FailureCode.IO_ERROR, "cannot make the work folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** In a folder for everybody's temporary files a name that can be guessed may have been taken by anybody. */
    private boolean isOfAStranger(Path own) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null
                || !folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                || !Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_WRITE)) {
            return false;
        }
        int owner = uid(folder);
        return owner != ROOT && owner != uid(own);
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<String> problem() {
        try {
            prepare();
        } catch (TranscodeException e) {
            return Optional.of(e.failure().message());
        }
        return tooLittle();
    }

    /** As {@link #problem}, but only asks how much is free. */
    Optional<String> tooLittle() {
        long free = free();
        return free >= MIN_FREE_BYTES
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "only %.0f MB are free in %s, %.0f MB are needed at least",
                        free / 1e6,
                        folder,
                        MIN_FREE_BYTES / 1e6));
    }

    /** @throws TranscodeException {@code disk_full} if {@code source} is too large to work on here */
    void checkRoomFor(Storage storage, ObjectRef source) {
        long bytes = storage.stat(source).map(ObjectInfo::bytes).orElse(0L);
        double needed = bytes * SOURCE_FACTOR;
        long free = free();
        if (free < needed) {
            throw new TranscodeException(
                    FailureCode.DISK_FULL,
                    String.format(
                            Locale.ROOT,
                            "cannot fetch %s into %s: about %.1f GB are needed for its %.1f GB, and %.1f GB are free",
                            source,
                            folder,
                            needed / 1e9,
                            bytes / 1e9,
                            free / 1e9));
        }
    }

    /** Not by Files.getFileStore: that fails in a chroot, whose mount point is not listed. */
    private long free() {
        return folder.toFile().getUsableSpace();
    }
}
