package dev.transcode.ffmpeg;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeProgress;
import dev.transcode.encode.EncodeStats;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes with one FFmpeg process for each job. Thread-safe. */
public final class FfmpegEncoder implements Encoder {
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegEncoder.class);

    /** No progress for so long: FFmpeg hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int MAX_LINE_BYTES = 1_024;

    private final FfmpegInstallation installation;
    private final Duration patience;

    public FfmpegEncoder(FfmpegInstallation installation) {
        this(installation, PATIENCE);
    }

    FfmpegEncoder(FfmpegInstallation installation, Duration patience) {
        this.installation = installation;
        this.patience = patience;
    }

    @Override
    public EncodedMedia encode(
            EncodePlan plan, Path source, Path directory, EncodeListener listener, Cancellation cancellation) {
        List<String> folders = folders(plan);
        folders.forEach(folder -> createDirectory(directory.resolve(folder)));
        List<String> command = command(plan, source, directory);
        Run run = new Run(new SegmentWatch(directory, folders, listener), listener);
        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .stdoutLines(MAX_LINE_BYTES, run::onProgressLine)
                .stderrLines(run::onLogLine)
                .watchdog(run.watchdog)
                .run(cancellation);
        throwIf(EncodeJudge.ofEncode(plan, exit, run.log, run.last.frames()));
        EncodeStats stats = new EncodeStats(
                exit.wall(),
                run.log.cpu(),
                run.log.peakMemoryBytes(),
                plan.video()
                        .map(input -> run.log.decoded(input.streamIndex()).frames())
                        .orElse(0L),
                EncodeJudge.errors(plan, run.log),
                command,
                "ffmpeg " + installation.version(),
                run.log.complaints());
        return new EncodedMedia(tracks(directory, folders), stats, EncodeJudge.findings(plan, run.log));
    }

    /** The exact command {@link #encode} runs. */
    public List<String> command(EncodePlan plan, Path source, Path directory) {
        List<String> command = new ArrayList<>();
        command.add(installation.ffmpeg().toString());
        int cores = Runtime.getRuntime().availableProcessors();
        command.addAll(FfmpegCommand.encode(plan, SourceOptions.of(installation), source, directory, cores));
        return List.copyOf(command);
    }

    @Override
    public void remux(List<Remux> files, Cancellation cancellation) {
        List<String> command = new ArrayList<>();
        command.add(installation.ffmpeg().toString());
        command.addAll(FfmpegCommand.remux(files));
        EncodeLog log = new EncodeLog();
        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .stderrLines(log::accept)
                .run(cancellation);
        List<String> names = new ArrayList<>();
        for (Remux file : files) {
            names.add(String.valueOf(file.target().getFileName()));
        }
        throwIf(EncodeJudge.ofExit("cannot write " + String.join(", ", names), exit, log));
    }

    private static List<String> folders(EncodePlan plan) {
        List<String> folders = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            folders.add(plan.directoryOf(rendition));
        }
        for (AudioRendition rendition : plan.audio()) {
            folders.add(plan.directoryOf(rendition));
        }
        return folders;
    }

    private static List<EncodedMedia.Track> tracks(Path directory, List<String> folders) {
        List<EncodedMedia.Track> tracks = new ArrayList<>();
        for (String folder : folders) {
            Path path = directory.resolve(folder);
            List<Path> segments = SegmentWatch.segments(path);
            if (segments.isEmpty()) {
                throw new TranscodeException(
                        FailureCode.ENCODE_FAILED, "cannot encode: ffmpeg exited 0 but made no segment in " + folder);
            }
            tracks.add(new EncodedMedia.Track(folder, path.resolve("init.mp4"), segments));
        }
        return tracks;
    }

    private static void createDirectory(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw FileErrors.of("cannot make folder " + directory, e);
        }
    }

    private static void throwIf(Optional<Failure> failure) {
        if (failure.isPresent()) {
            throw new TranscodeException(failure.get());
        }
    }

    /** What one process tells while it runs; progress and log come on a thread each. */
    private final class Run {
        private final SegmentWatch segments;
        private final EncodeListener listener;
        private final ProgressParser parser = new ProgressParser();
        private final EncodeLog log = new EncodeLog();
        private final StallWatchdog watchdog = new StallWatchdog("ffmpeg", patience, System::nanoTime);
        private EncodeProgress last = new EncodeProgress(Duration.ZERO, 0, 0, 0);

        Run(SegmentWatch segments, EncodeListener listener) {
            this.segments = segments;
            this.listener = listener;
        }

        void onProgressLine(String line) {
            parser.accept(line).ifPresent(progress -> {
                if (progress.frames() > last.frames() || progress.position().compareTo(last.position()) > 0) {
                    watchdog.progress();
                }
                last = progress;
                segments.poll();
                listener.onProgress(progress);
            });
        }

        void onLogLine(String line) {
            LOG.trace("{}", line);
            log.accept(line);
        }
    }
}
