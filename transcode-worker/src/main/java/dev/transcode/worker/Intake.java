package dev.transcode.worker;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.Job;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.Claim;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a payload to a job in this worker's hands: reads it, and claims it or puts it away. For one thread. */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final Duration MAX_MARGIN = Duration.ofSeconds(3);

    private final JobQueue queue;
    private final Backoff backoff;
    private final JobJson.Defaults defaults;
    private final Duration holds;
    private final LongSupplier nanoTime;
    private final StopSignal stop;

    /** @param lease of the queue; it is relied on for a little less */
    Intake(
            JobQueue queue,
            Backoff backoff,
            JobJson.Defaults defaults,
            Duration lease,
            LongSupplier nanoTime,
            StopSignal stop) {
        Duration margin = lease.dividedBy(10);
        this.queue = queue;
        this.backoff = backoff;
        this.defaults = defaults;
        this.holds = lease.minus(margin.compareTo(MAX_MARGIN) < 0 ? margin : MAX_MARGIN);
        this.nanoTime = nanoTime;
        this.stop = stop;
    }

    /**
     * The job, if it is one and ours.
     *
     * @throws TranscodeException if this worker stops meanwhile; the payload then is in the inbox or, at worst, held by
     *     a lease nobody extends
     */
    Optional<HeldJob> accept(Taken taken) {
        String text = taken.payload().size() <= JobJson.MAX_SEARCHED_BYTES
                ? taken.payload().text()
                : "";
        Optional<JobId> id = JobJson.readId(text);
        Job job;
        try {
            if (taken.payload().size() > JobJson.MAX_BYTES) {
                throw new TranscodeException(
                        FailureCode.INVALID_JOB,
                        "cannot read the job: it has " + taken.payload().size() + " bytes, at most 65536 are accepted");
            }
            job = JobJson.parse(text, defaults);
        } catch (TranscodeException e) {
            bury(taken, id, e.failure());
            return Optional.empty();
        }
        return claim(taken, job);
    }

    private Optional<HeldJob> claim(Taken taken, Job job) {
        long[] sentAt = new long[1];
        Claim claim = backoff.untilAnswered("claim job=" + job.id(), this::throwIfStopping, () -> {
            sentAt[0] = nanoTime.getAsLong();
            return queue.claim(taken, job.id());
        });
        if (claim instanceof Claim.Owned owned) {
            return Optional.of(new HeldJob(job, owned.lease(), holds, nanoTime, sentAt[0]));
        }
        if (claim instanceof Claim.Dropped dropped) {
            log.info("Dropped job={} queue={}: {}", job.id(), taken.queue(), reason(dropped.reason()));
        }
        return Optional.empty();
    }

    private void bury(Taken taken, Optional<JobId> id, Failure why) {
        log.warn(
                "Put away a payload of {} bytes from {}{}: {}",
                taken.payload().size(),
                taken.queue(),
                id.map(known -> " job=" + known).orElse(""),
                why.message());
        backoff.untilAnswered("put away a payload that is no job", this::throwIfStopping, () -> {
            queue.bury(taken, id, why);
            return true;
        });
    }

    private void throwIfStopping() {
        if (stop.hasFired()) {
            throw new TranscodeException(FailureCode.CANCELLED, "this worker stops");
        }
    }

    private static String reason(Claim.Reason reason) {
        return switch (reason) {
            case GONE -> "another worker has taken it over";
            case DUPLICATE_ACTIVE -> "the same job is running";
            case DUPLICATE_WAITING -> "the same job waits for its next attempt";
            case CANCELLED -> "it was cancelled while it waited";
            case CONFLICT -> "another job of this id is in progress";
            case BAD_KEY -> "its status key holds something that is no status";
        };
    }
}
