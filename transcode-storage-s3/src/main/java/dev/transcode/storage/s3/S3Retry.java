package dev.transcode.storage.s3;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only retry loop of this adapter, around single idempotent requests: a range, a part, a put of one object. It is
 * here and not only in the queue, because another attempt of a job encodes everything anew for the sake of one broken
 * connection. It waits 0.2 s, 0.4 s, ... at most 10 s, each times 0.5 to 1 by chance.
 *
 * <p>One instance counts the failures of one piece of work; not thread-safe.
 */
final class S3Retry {
    private static final Logger log = LoggerFactory.getLogger(S3Retry.class);

    /** About 20 s of waiting: a restart of the store or of a router. */
    private static final int TRANSFER = 8;

    /** About 1 s of waiting. */
    private static final int QUESTION = 4;

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final int tries;
    private final Cancellation cancellation;
    private int failures;

    private S3Retry(int tries, Cancellation cancellation) {
        this.tries = tries;
        this.cancellation = cancellation;
    }

    /** For what carries an object's bytes. */
    static S3Retry transfer(Cancellation cancellation) {
        return new S3Retry(TRANSFER, cancellation);
    }

    /** For what only asks or cleans up. */
    static S3Retry question(Cancellation cancellation) {
        return new S3Retry(QUESTION, cancellation);
    }

    /** A request that may be sent twice. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws S3Exception;
    }

    <T> T run(Attempt<T> attempt) throws S3Exception {
        while (true) {
            try {
                return attempt.run();
            } catch (S3Exception e) {
                pauseOrThrow(e);
            }
        }
    }

    /** Waits before the next try; throws {@code e} if there is none. */
    void pauseOrThrow(S3Exception e) throws S3Exception {
        failures++;
        if (!e.worthRetrying() || failures >= tries) {
            throw e;
        }
        log.debug("{}; try {} of {} follows", e.getMessage(), failures + 1, tries);
        pause();
    }

    /** There was progress: what failed before does not count any more. */
    void progress() {
        failures = 0;
    }

    private void pause() {
        long longest = Math.min(FIRST.toMillis() << Math.min(failures - 1, 16), LONGEST.toMillis());
        long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration hook = cancellation.onCancel(cancelled::countDown);
        try {
            if (cancelled.await(millis, TimeUnit.MILLISECONDS)) {
                cancellation.throwIfCancelled();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TranscodeException(
                    Failure.of(FailureCode.CANCELLED, "interrupted between two tries"), interrupted);
        } finally {
            hook.close();
        }
    }
}
