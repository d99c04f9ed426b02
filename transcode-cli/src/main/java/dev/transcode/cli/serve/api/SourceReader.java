package dev.transcode.cli.serve.api;

import dev.transcode.internal.WorkFolder;
import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Downloads an object to look at it: not too large, not too long, not too many at once. Thread-safe. */
final class SourceReader {
    private static final int AT_ONCE = 2;

    private final Storage storage;
    private final long maxBytes;
    private final Duration maxTime;
    private final ScheduledExecutorService timer;
    private final Path folder;
    private final Semaphore room = new Semaphore(AT_ONCE);

    /** @param folder for downloads, which are removed again */
    SourceReader(Storage storage, long maxBytes, Duration maxTime, ScheduledExecutorService timer, Path folder) {
        this.storage = storage;
        this.maxBytes = maxBytes;
        this.maxTime = maxTime;
        this.timer = timer;
        this.folder = folder;
    }

    /** Looks at a local file. */
    @FunctionalInterface
    interface Look<T> {
        T at(Path file, Cancellation cancellation);
    }

    /** @throws ApiProblem 413 if it is too large or takes too long, 404 if it is not there, 429 if others are before */
    <T> T read(ObjectRef source, Look<T> look) {
        if (!room.tryAcquire()) {
            throw new ApiProblem(
                            429,
                            "busy",
                            "cannot look at the source: " + AT_ONCE + " others are looked at already",
                            "Try again in some seconds.")
                    .retryAfter(5);
        }
        Cancellation cancellation = new Cancellation();
        ScheduledFuture<?> deadline = timer.schedule(
                () -> cancellation.cancel(Failure.of(FailureCode.TIME_LIMIT, "the time is over")),
                maxTime.toMillis(),
                TimeUnit.MILLISECONDS);
        try (WorkFolder work = WorkFolder.create(folder)) {
            checkSize(storage.stat(source).map(ObjectInfo::bytes));
            Path file = storage.fetch(
                    source,
                    work.newDirectory("source"),
                    (done, total) -> {
                        if (total > maxBytes || done > maxBytes) {
                            cancellation.cancel(Failure.of(FailureCode.TIME_LIMIT, "it is too large"));
                        }
                    },
                    cancellation);
            cancellation.throwIfCancelled();
            return look.at(file, cancellation);
        } catch (TranscodeException e) {
            throw said(e, source);
        } finally {
            deadline.cancel(false);
            room.release();
        }
    }

    private void checkSize(Optional<Long> bytes) {
        if (bytes.isPresent() && bytes.get() > maxBytes) {
            throw tooLarge();
        }
    }

    private RuntimeException said(TranscodeException e, ObjectRef source) {
        return switch (e.failure().code()) {
            case TIME_LIMIT -> tooLarge();
            case INPUT_NOT_FOUND ->
                new ApiProblem(
                        404,
                        "input_not_found",
                        "cannot read " + source + ": it is missing, or may not be read",
                        "Check bucket and key.");
            default -> e;
        };
    }

    private ApiProblem tooLarge() {
        return new ApiProblem(
                413,
                "source_too_large",
                "cannot look at the source: it is larger than " + maxBytes + " bytes or takes longer than "
                        + maxTime.toSeconds() + " s",
                "Submit it: a worker takes larger ones. The operator can raise TRANSCODE_PROBE_MAX_BYTES.");
    }
}
