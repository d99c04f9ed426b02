package dev.transcode.cli.doctor;

import dev.transcode.internal.Count;
import dev.transcode.worker.Setting;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Java, and the disk that jobs are worked on. */
final class MachineArea implements Area {
    /** With less a worker takes no jobs. */
    private static final long LEAST_BYTES = 50_000_000;

    /** A source of 4.5 GB, which is an hour or two of 1080p. */
    private static final long ROOM_BYTES = 10_000_000_000L;

    private static final double NEED = 2.2;

    private final Optional<Settings> settings;

    MachineArea(Optional<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public void examine(Report report) {
        report.ok(
                "java",
                Runtime.version() + ", " + Count.of(Runtime.getRuntime().availableProcessors(), "processor")
                        + ", heap up to " + Figures.bytes(Runtime.getRuntime().maxMemory()));
        settings.ifPresent(known -> disk(report, folder(known)));
    }

    /** Only this setting: another that is wrong is told elsewhere. */
    private static Path folder(Settings settings) {
        try {
            return settings.path(Setting.WORK_DIR).orElseGet(WorkerConfig::usualWorkDirectory);
        } catch (SettingException e) {
            return WorkerConfig.usualWorkDirectory();
        }
    }

    /** Looks at the folder, or at the nearest one above it that exists: made by doctor it might be the wrong user's. */
    private static void disk(Report report, Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        disk(
                report,
                folder,
                Files.isDirectory(there) && Files.isWritable(there),
                there.toFile().getUsableSpace(),
                type(there));
    }

    /** @param type of the file system, e.g. {@code tmpfs}; empty if unknown */
    static void disk(Report report, Path folder, boolean writable, long free, String type) {
        String room = Figures.bytes(free) + " free in " + folder;
        if (!writable) {
            report.failed(
                    "disk",
                    "the work folder " + folder + " cannot be written to",
                    "Give this user the folder, or set TRANSCODE_WORK_DIR to one of its own.");
        } else if (free < LEAST_BYTES) {
            report.failed(
                    "disk",
                    room + ": a worker takes no jobs with less than " + Figures.bytes(LEAST_BYTES),
                    "Free space, or set TRANSCODE_WORK_DIR to a larger disk.");
        } else if (free < ROOM_BYTES) {
            report.warning(
                    "disk",
                    room + ": enough for a source of " + Figures.bytes((long) (free / NEED)),
                    "A job needs 2.2 times its source: set TRANSCODE_WORK_DIR to a larger disk for long films.");
        } else if (type.equals("tmpfs") || type.equals("ramfs")) {
            report.warning(
                    "disk",
                    room + ", which is memory (" + type + ")",
                    "Films in memory are missing to FFmpeg: set TRANSCODE_WORK_DIR to a folder on a disk.");
        } else {
            report.ok("disk", room + ": enough for a source of " + Figures.bytes((long) (free / NEED)));
        }
    }

    private static String type(Path folder) {
        try {
            return Files.getFileStore(folder).type();
        } catch (IOException e) {
            return ""; // in a chroot the mount point is not listed
        }
    }
}
