package dev.transcode.cli;

import dev.transcode.Transcoder;
import dev.transcode.cli.serve.api.ApiConfig;
import dev.transcode.cli.serve.api.ApiServer;
import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.TestFilm;
import dev.transcode.internal.Count;
import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.JobState;
import dev.transcode.notify.JobEndWebhook;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQuery;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Worker;
import dev.transcode.worker.WorkerConfig;
import dev.transcode.worker.webhook.OutboxPump;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All of the system in one process: API and page, a queue in memory, a folder as storage, a worker. Used once. */
final class OneMachine {
    /** What the folder is called in jobs; they need not name it. */
    static final String BUCKET = "local";

    /** The test film in a new folder. */
    static final String FILM = "film.mp4";

    private static final Duration FILM_LENGTH = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofHours(1);
    private static final int MAX_COUNTED = 1_000;

    private final Path folder;
    private final Supplier<FfmpegInstallation> ffmpeg;
    private final Console console;
    private final boolean printsJobs;

    /**
     * @param folder made if it is missing
     * @param ffmpeg asked once for the worker, and whenever the API probes
     * @param printsJobs whether the stages of jobs go to the console
     */
    OneMachine(Path folder, Supplier<FfmpegInstallation> ffmpeg, Console console, boolean printsJobs) {
        this.folder = folder;
        this.ffmpeg = ffmpeg;
        this.console = console;
        this.printsJobs = printsJobs;
    }

    /**
     * Runs until it is cancelled or its thread is interrupted; then no process and no temporary file is left.
     *
     * @param started called once everything runs
     * @throws dev.transcode.job.TranscodeException if the port is taken, the folder cannot be used, or there is no FFmpeg
     */
    void run(ApiConfig api, WorkerConfig config, Cancellation cancellation, Consumer<ApiServer> started) {
        boolean isNew = makeFolder();
        Storage storage = LocalStorage.of(Map.of(BUCKET, folder));
        try (InMemoryBackend queue = InMemoryBackend.builder()
                        .lease(config.lease())
                        .endWebhook(new JobEndWebhook(config.webhookUrl().map(URI::toString)))
                        .build();
                OutboxPump pump = Webhooks.pump(queue, config);
                ApiServer server = ApiServer.builder()
                        .config(api)
                        .queue(queue)
                        .storage(storage)
                        .ffmpeg(ffmpeg)
                        .start()) {
            FfmpegInstallation installation = ffmpeg.get();
            if (isNew) {
                makeFilm(installation, cancellation);
            }
            try (Worker worker = worker(config, queue, pump, storage, installation)) {
                worker.start();
                pump.start();
                started.accept(server);
                awaitEnd(worker, queue, cancellation);
            } finally {
                sayWhatIsForgotten(queue);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Worker worker(
            WorkerConfig config,
            QueueBackend queue,
            OutboxPump pump,
            Storage storage,
            FfmpegInstallation installation) {
        Transcoder transcoder = Transcoder.builder()
                .storage(storage)
                .workDirectory(config.workDirectory())
                .ffmpeg(installation)
                .build();
        return Worker.builder()
                .config(config)
                .name("up")
                .backend(queue)
                .storage(storage)
                .transcoder(transcoder)
                .afterJob(pump::wake)
                .build();
    }

    private void awaitEnd(Worker worker, QueueBackend queue, Cancellation cancellation) throws InterruptedException {
        Thread printer = new Thread(() -> new RunningJobs(queue, console).watch(new WatchLines(console)), "jobs");
        printer.setDaemon(true);
        if (printsJobs) {
            printer.start();
        }
        try {
            cancellation.onCancel(worker::stop);
            boolean ended = false;
            while (!ended) {
                ended = worker.await(LOOK);
            }
        } finally {
            printer.interrupt();
        }
    }

    /** @return whether there was none, or nothing in it */
    private boolean makeFolder() {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
                return !content.iterator().hasNext();
            }
        } catch (IOException e) {
            throw FileErrors.of("cannot use the folder " + folder, e);
        }
    }

    /** Under another name at first: an interrupted start leaves nothing that looks like a film. */
    private void makeFilm(FfmpegInstallation installation, Cancellation cancellation) {
        console.err().println("Making a test film of " + FILM_LENGTH.toSeconds() + " s to begin with ...");
        Path part = folder.resolve(".transcode-" + FILM);
        try {
            try {
                TestFilm.make(installation, part, FILM_LENGTH, cancellation);
                Files.move(part, folder.resolve(FILM));
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw FileErrors.of("cannot make a test film in " + folder, e);
        }
    }

    private void sayWhatIsForgotten(QueueBackend queue) {
        int jobs = 0;
        for (JobState state : new JobState[] {JobState.QUEUED, JobState.PROCESSING}) {
            JobQuery query = new JobQuery(Optional.of(state), 0, MAX_COUNTED, Optional.empty());
            jobs += queue.store().list(query).size();
        }
        if (jobs > 0) {
            console.err()
                    .println("Forgotten, because not done yet: " + Count.of(jobs, "job")
                            + ". Submit again what is still wanted.");
        }
    }
}
