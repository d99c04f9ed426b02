package dev.transcode.cli.doctor;

import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.job.TranscodeException;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that has to be right, and says what to do where it is not. The areas run side by side, whatever the
 * others find; after {@link #LIMIT} what is known is told, and that the rest does not answer.
 */
public final class Doctor {
    /** Of the whole, so that nobody waits half a minute for what is switched off. */
    static final Duration LIMIT = Duration.ofSeconds(25);

    private final List<Area> areas;
    private final Duration limit;

    Doctor(List<Area> areas, Duration limit) {
        this.areas = List.copyOf(areas);
        this.limit = limit;
    }

    /**
     * For this machine and the servers of its settings.
     *
     * @param ffmpeg finds the one that runs
     * @param queue empty if none is set
     * @param store empty if none is set
     */
    public static Doctor ofMachine(
            Supplier<FfmpegInstallation> ffmpeg,
            Settings settings,
            Supplier<Optional<QueueServer>> queue,
            Supplier<Optional<ObjectServer>> store) {
        return new Doctor(
                List.of(
                        new MachineArea(Optional.of(settings)),
                        new FfmpegArea(ffmpeg),
                        new SettingsArea(settings),
                        new RedisArea(settings, queue),
                        new StoreArea(settings, store),
                        new WebhookArea(settings)),
                LIMIT);
    }

    /** For this machine, where the settings cannot be read. */
    public static Doctor withoutSettings(Supplier<FfmpegInstallation> ffmpeg, SettingException wrong) {
        return new Doctor(
                List.of(new MachineArea(Optional.empty()), new FfmpegArea(ffmpeg), area("settings", () -> {
                    throw wrong;
                })),
                LIMIT);
    }

    /** For a package on the web. */
    public static Doctor ofPackage(URI playlist) {
        return new Doctor(List.of(new PackageArea(playlist)), LIMIT);
    }

    /**
     * Looks at everything.
     *
     * @param told hears each line on the caller's thread, in order, as early as that allows
     * @return all lines
     */
    public List<CheckLine> run(Consumer<CheckLine> told) {
        // Set up by several threads at once it would print that it was.
        ILoggerFactory unused = LoggerFactory.getILoggerFactory();
        long deadline = System.nanoTime() + limit.toNanos();
        ExecutorService threads = Executors.newCachedThreadPool(Doctor::daemon);
        try {
            List<Report> reports = new ArrayList<>();
            List<Future<?>> work = new ArrayList<>();
            for (Area area : areas) {
                Report report = new Report(area.name());
                reports.add(report);
                work.add(threads.submit(() -> {
                    area.examine(report);
                    return report;
                }));
            }
            List<CheckLine> all = new ArrayList<>();
            for (int i = 0; i < areas.size(); i++) {
                await(work.get(i), deadline - System.nanoTime(), areas.get(i).name(), reports.get(i));
                List<CheckLine> lines = reports.get(i).close();
                lines.forEach(told);
                all.addAll(lines);
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private void await(Future<?> work, long nanos, String area, Report report) {
        try {
            Object unused = work.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            boolean unused = work.cancel(true);
            report.failed(
                    area,
                    "no answer within " + limit.toSeconds() + " s",
                    "Check the network and the address; run doctor again to see whether it stays so.");
        } catch (ExecutionException e) {
            told(e.getCause() == null ? e : e.getCause(), area, report);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report.failed(area, "interrupted", "Run doctor again.");
        }
    }

    private static void told(Throwable thrown, String area, Report report) {
        if (thrown instanceof TranscodeException failed) {
            report.failed(area, failed.failure().message(), failed.failure().hint());
        } else if (thrown instanceof SettingException setting) {
            report.failed(area, String.valueOf(setting.getMessage()), "Correct the variable and run doctor again.");
        } else {
            report.failed(area, "cannot check: " + thrown, "This may be a bug in transcode: report it with this line.");
        }
    }

    private static Area area(String name, Runnable work) {
        return new Area() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void examine(Report report) {
                work.run();
            }
        };
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "transcode-doctor");
        thread.setDaemon(true);
        return thread;
    }
}
