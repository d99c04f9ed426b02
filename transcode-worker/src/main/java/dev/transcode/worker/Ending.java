package dev.transcode.worker;

import dev.transcode.internal.Count;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Outcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the queue how an attempt ended, for as long as it takes. Thread-safe. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    /** A worker that stops does not wait longer for a queue that is away: others find what it published. */
    private static final Duration WHEN_STOPPING = Duration.ofSeconds(10);

    private final JobQueue queue;
    private final Backoff backoff;
    private final OwnTrouble trouble;
    private final StopSignal stop;

    Ending(JobQueue queue, Backoff backoff, OwnTrouble trouble, StopSignal stop) {
        this.queue = queue;
        this.backoff = backoff;
        this.trouble = trouble;
        this.stop = stop;
    }

    /** @return the word for the metrics: complete, failed, retry, cancelled, released or lost */
    String conclude(HeldJob held, JobAttempt.End end) {
        if (end.failure().isEmpty()) {
            trouble.fine();
            return finish(held, end.outcome());
        }
        return switch (held.fate()) {
            case LOST -> lost(end.failure().get().message());
            case CANCELLED -> finish(held, new Outcome.Cancelled(end.outcome().facts()));
            case GIVEN_BACK -> release(held);
            case OWN -> trouble.failed(end.failure().get()) ? release(held) : finish(held, end.outcome());
        };
    }

    private String finish(HeldJob held, Outcome outcome) {
        FinishResult result = backoff.untilAnswered(
                "finish job=" + held.lease().id(), patience(), () -> queue.finish(held.lease(), outcome));
        if (result == FinishResult.LOST) {
            return lost("the lease was lost before the end was recorded");
        }
        if (outcome instanceof Outcome.Complete complete) {
            log.info("Complete: {}", Count.of(complete.outputs().size(), "output"));
            return "complete";
        }
        if (outcome instanceof Outcome.Retry retry) {
            log.warn(
                    "Failed, another attempt follows in {} s: {}",
                    retry.delay().toSeconds(),
                    retry.failure().message());
            return "retry";
        }
        if (outcome instanceof Outcome.Failed failed) {
            log.warn(
                    "Failed: {}: {}",
                    failed.failure().code().wire(),
                    failed.failure().message());
            return "failed";
        }
        log.info("Cancelled on request");
        return "cancelled";
    }

    private String release(HeldJob held) {
        boolean released = backoff.untilAnswered(
                "give back job=" + held.lease().id(), patience(), () -> queue.release(held.lease()));
        if (!released) {
            return lost("it could not be given back");
        }
        log.info("Given back, the attempt does not count");
        return "released";
    }

    private static String lost(String why) {
        log.warn("Left to whoever has the job now: {}", why);
        return "lost";
    }

    private Runnable patience() {
        long[] stoppingSince = new long[1];
        return () -> {
            if (stop.hasFired()) {
                long now = System.nanoTime();
                stoppingSince[0] = stoppingSince[0] == 0 ? now : stoppingSince[0];
                if (now - stoppingSince[0] > WHEN_STOPPING.toNanos()) {
                    throw new TranscodeException(FailureCode.WORKER_LOST, "the queue is away and this worker stops");
                }
            }
        };
    }
}
