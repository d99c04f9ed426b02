package dev.transcode.worker;

import dev.transcode.JobListener;
import dev.transcode.JobProgress;
import dev.transcode.JobResult;
import dev.transcode.Transcoder;
import dev.transcode.internal.Count;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.RetryPolicy;
import dev.transcode.job.Stage;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Outcome;
import dev.transcode.storage.CommitIdentity;
import dev.transcode.storage.Publisher;
import dev.transcode.storage.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Makes one attempt at a job and says how it ended. Used once, by one thread. */
final class JobAttempt {
    private static final Logger log = LoggerFactory.getLogger(JobAttempt.class);

    /** Until the plan tells how long the film is. */
    private static final Duration FETCH_LIMIT = Duration.ofHours(12);

    private static final Duration MIN_LIMIT = Duration.ofHours(1);

    /** A slow machine encodes four rungs at a fifth of real time: four times as much is a job that hangs. */
    private static final int LIMIT_PER_DURATION = 20;

    private final Storage storage;
    private final Transcoder transcoder;
    private final DiskSpace disk;
    private final JobQueue queue;
    private final Backoff backoff;
    private final HeldJob held;
    private final AttemptWatch watch;
    private final JobLog lines = new JobLog(Clock.systemUTC());

    JobAttempt(
            Storage storage,
            Transcoder transcoder,
            DiskSpace disk,
            JobQueue queue,
            Backoff backoff,
            HeldJob held,
            AttemptWatch watch) {
        this.storage = storage;
        this.transcoder = transcoder;
        this.disk = disk;
        this.queue = queue;
        this.backoff = backoff;
        this.held = held;
        this.watch = watch;
    }

    /**
     * How an attempt ended by itself: that it was stopped, and why, the {@link HeldJob} knows.
     *
     * @param failure empty if all is published
     */
    record End(Outcome outcome, Optional<Failure> failure) {}

    End run() {
        held.tell(JobFields.of(held.job()));
        held.limit(FETCH_LIMIT);
        try {
            Optional<Outcome> before = new Recovery(storage, disk.folder()).find(held);
            if (before.isPresent()) {
                return new End(before.get(), Optional.empty());
            }
            disk.checkRoomFor(storage, held.job().source());
            return complete(transcoder.run(held.job(), held.attempt(queue, backoff), new Listener()));
        } catch (TranscodeException e) {
            return failed(e.failure());
        } catch (RuntimeException | Error e) {
            log.error("Unexpected failure", e);
            return failed(Failure.of(FailureCode.IO_ERROR, "cannot go on: unexpected: " + e));
        }
    }

    private End complete(JobResult result) {
        result.stats().log().forEach(line -> lines.add("ffmpeg: " + line));
        lines.add("complete");
        String report = held.job().output().resolve(result.run().reportKey()).key();
        Map<String, String> facts = facts();
        facts.putAll(JobFacts.of(result, report));
        return new End(new Outcome.Complete(JobFacts.outputs(result), facts), Optional.empty());
    }

    private End failed(Failure failure) {
        lines.add(failure.code().wire() + ": " + failure.message());
        Optional<Duration> delay =
                RetryPolicy.delayAfter(failure.code(), held.lease().attempt(), RandomGenerator.getDefault());
        Outcome outcome = delay.isPresent()
                ? new Outcome.Retry(failure, delay.get(), facts())
                : new Outcome.Failed(failure, facts());
        boolean last = held.fate() == HeldJob.Fate.CANCELLED
                || (held.fate() == HeldJob.Fate.OWN && outcome instanceof Outcome.Failed);
        if (last && held.lease().attempt() > 1) {
            cleanUpBehindDeadAttempts();
        }
        return new End(outcome, Optional.of(failure));
    }

    private void cleanUpBehindDeadAttempts() {
        CommitIdentity mine = new CommitIdentity(
                held.job().id(), held.lease().generation(), held.lease().fence());
        Publisher.cleanUpFailed(storage, held.job().output(), mine);
    }

    /** What holds however it ends. */
    private Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>(JobFields.of(held.job()));
        facts.put(JobFields.LOG, lines.text());
        facts.put(JobFields.SPEED, "");
        facts.put(JobFields.ETA, "");
        return facts;
    }

    /** Hears of the attempt on its own thread and on those that read FFmpeg's output. */
    private final class Listener implements JobListener {
        private @Nullable Stage stage;

        @Override
        public void onProgress(JobProgress progress) {
            held.tell(JobFacts.of(progress));
            if (progress.stage() != stage) {
                stage = progress.stage();
                watch.enter(stage);
                lines.add(stage.wire());
                MDC.put(JobFields.STAGE, stage.wire());
                log.debug("Stage {}", stage.wire());
            }
        }

        @Override
        public void onPlan(MediaInfo media, EncodePlan plan) {
            Duration limit = plan.duration().multipliedBy(LIMIT_PER_DURATION);
            held.limit(limit.compareTo(MIN_LIMIT) < 0 ? MIN_LIMIT : limit);
            held.tell(JobFacts.of(media, plan));
            for (Finding finding : media.findings()) {
                lines.add("found " + finding);
            }
            log.info(
                    "Encoding {} s into {}",
                    plan.duration().toSeconds(),
                    Count.of(
                            plan.renditions().size()
                                    + (plan.video().isPresent()
                                            ? 0
                                            : plan.audio().size()),
                            "rendition"));
        }
    }
}
