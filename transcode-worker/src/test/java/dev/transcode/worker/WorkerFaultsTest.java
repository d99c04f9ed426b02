package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.transcode.Attempt;
import dev.transcode.JobResult;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.Job;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.Stage;
import dev.transcode.job.TranscodeException;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PublishGate;
import dev.transcode.storage.RunDirectory;
import dev.transcode.storage.Storage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a worker does when something it needs is not there. */
class WorkerFaultsTest extends WorkerBench {
    private final FlakyBackend flaky = new FlakyBackend();

    @Test
    void aQueueThatIsAwayForLongerThanALeaseHoldsThePublishingButNotTheEncoder() throws IOException {
        seen = flaky.around(backend);
        encoder.hold();
        start(Map.of());
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);

        flaky.away = true;
        await().pollDelay(LEASE.multipliedBy(2)).until(() -> true); // The subject is time: two leases long.
        encoder.open();
        await().until(() -> encoder.ended() == 1);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // Long enough to publish, were it allowed to.
        assertThat(files(temp.resolve("films"))).containsExactly("in.mp4");
        assertThat(worker.health().reasons()).anyMatch(reason -> reason.contains("no connection"));
        assertThat(worker.health().alive()).isTrue();
        flaky.away = false;

        JobStatus status = awaitEnd("job_1");
        assertThat(status.state()).isEqualTo(JobState.COMPLETE);
        assertThat(status.attempt()).isEqualTo(1);
        assertThat(encoder.ended()).isEqualTo(1);
    }

    @Test
    void aLostLeaseStopsTheJobAndNothingIsWrittenAnyMore() throws IOException {
        seen = flaky.around(backend);
        encoder.hold();
        start(Map.of());
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);

        flaky.loses = true;

        await().atMost(Duration.ofSeconds(20))
                .until(() -> files(temp.resolve("work")).isEmpty());
        assertThat(encoder.ended()).isZero();
        assertThat(files(temp.resolve("films"))).containsExactly("in.mp4");
        assertThat(status("job_1").state()).isEqualTo(JobState.PROCESSING);
    }

    /** It would go on taking jobs that nobody keeps alive. */
    @Test
    void aWorkerWhoseHeartbeatDiesGivesItsJobsBackAndSaysThatItFailed() {
        seen = flaky.around(backend);
        encoder.hold();
        start(Map.of());
        push(job("job_1", "in.mp4"));
        encoder.awaitBegun(1);

        flaky.breaks = true;

        assertThatThrownBy(() -> worker.await(Duration.ofSeconds(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("told to");
        assertThat(worker.health().alive()).isFalse();
        assertThat(status("job_1").state()).isEqualTo(JobState.QUEUED);
        assertThat(status("job_1").attempt()).isZero();
    }

    @Test
    void fiveFailuresOfItsOwnMakeItWaitUntilItsChecksSucceed() {
        AtomicBoolean broken = new AtomicBoolean(true);
        storage = refusing(storage, broken);
        checks.add(() -> broken.get() ? Optional.of("still refused") : Optional.empty());
        start(Map.of());
        for (int i = 1; i <= 6; i++) {
            push(job("job_" + i, "in.mp4"));
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> !worker.health().ready());
        for (int i = 1; i <= 4; i++) {
            assertThat(awaitEnd("job_" + i).errorCode()).contains("s3_auth");
        }
        await().until(() -> backend.store().depths(List.of(QUEUE)).get(0).waiting() == 2);
        assertThat(worker.health().reasons()).anyMatch(reason -> reason.contains("refused"));
        assertThat(worker.health().alive()).isTrue();

        broken.set(false);
        assertThat(awaitEnd("job_5").state()).isEqualTo(JobState.COMPLETE);
        assertThat(awaitEnd("job_5").attempt()).isEqualTo(1);
        assertThat(awaitEnd("job_6").state()).isEqualTo(JobState.COMPLETE);
        assertThat(worker.health().ready()).isTrue();
    }

    @Test
    void aSourceThatDoesNotFitTheDiskFailsBeforeItIsFetchedAndTheNextJobIsDone() throws IOException {
        try (RandomAccessFile huge =
                new RandomAccessFile(temp.resolve("films/huge.mp4").toFile(), "rw")) {
            huge.setLength(10_000_000_000_000L); // Sparse: takes no room itself.
        }
        start(Map.of());
        push(job("job_1", "huge.mp4"));
        push(job("job_2", "in.mp4"));

        JobStatus failed = awaitEnd("job_1");
        assertThat(failed.errorCode()).contains("disk_full");
        assertThat(failed.error().orElse("")).contains("10000.0 GB", "22000.0 GB", "are free");
        assertThat(awaitEnd("job_2").state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void aFailureThatMayPassIsTriedAgainAndItsErrorIsSeenMeanwhile() {
        encoder.failFirst(new TranscodeException(FailureCode.FFMPEG_KILLED, "ffmpeg was killed"));
        start(Map.of());
        push(job("job_1", "in.mp4"));

        JobStatus waiting = await().atMost(Duration.ofSeconds(20))
                .until(() -> status("job_1"), status -> status.stage().equals(Optional.of(Stage.RETRY)));
        assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
        assertThat(waiting.errorCode()).contains("ffmpeg_killed");

        JobStatus done = awaitEnd("job_1");
        assertThat(done.state()).isEqualTo(JobState.COMPLETE);
        assertThat(done.attempt()).isEqualTo(2);
        assertThat(done.error()).isEmpty();
    }

    /** Its worker died after the commit and before the end was recorded: the next attempt only finishes. */
    @Test
    void whatAnEarlierAttemptPublishedIsFoundWithItsOutputs() {
        Job job = JobJson.parse(job("job_1", "in.mp4"), JobJson.Defaults.NONE);
        Path work = temp.resolve("work");
        JobResult published = stub().transcoder(storage, work, encoder)
                .run(job, new Attempt(7, 8, PublishGate.OPEN, new Cancellation()), progress -> {});

        Recovery recovery = new Recovery(storage, work);
        Optional<Outcome> found = recovery.find(held(job, 7, 9));
        Optional<Outcome> otherGeneration = recovery.find(held(job, 10, 10));

        assertThat(found).hasValueSatisfying(outcome -> {
            assertThat(((Outcome.Complete) outcome).outputs()).isEqualTo(JobFacts.outputs(published));
            assertThat(outcome.facts()).containsEntry("duration_seconds", "2.0");
        });
        assertThat(otherGeneration).isEmpty();
    }

    /** Whoever may write to the bucket may put anything there; it must not fill the worker's disk or memory. */
    @Test
    void aReportOfAnyLengthIsNotLoaded() throws IOException {
        Job job = JobJson.parse(job("job_1", "in.mp4"), JobJson.Defaults.NONE);
        Path work = temp.resolve("work");
        Path report = publishedReport(job, work);
        try (RandomAccessFile file = new RandomAccessFile(report.toFile(), "rw")) {
            file.setLength(RunDirectory.MAX_REPORT_BYTES + 1); // A hole: it takes no room.
        }
        Storage loadsNothing = refusing(storage, new AtomicBoolean(true));

        assertThat(new Recovery(loadsNothing, work).find(held(job, 7, 9))).isEmpty();
    }

    /** Somebody wrote over it: then what was published is made again. */
    @Test
    void aReportOfAnotherKindIsAsGoodAsNone() throws IOException {
        Job job = JobJson.parse(job("job_1", "in.mp4"), JobJson.Defaults.NONE);
        Path work = temp.resolve("work");
        Path report = publishedReport(job, work);
        String ours = Files.readString(report);

        for (String theirs : List.of(
                "",
                "[]",
                "{",
                ours.replace("\"source\"", "\"x\""),
                ours.replace("\"outputs\": [", "\"outputs\": [{},"),
                ours.replace("\"encoder\": {", "\"encoder\": 7, \"x\": {"))) {
            assertThat(theirs).isNotEqualTo(ours);
            Files.writeString(report, theirs);
            assertThat(new Recovery(storage, work).find(held(job, 7, 9)))
                    .as(theirs)
                    .isEmpty();
        }
    }

    /** As attempt 8 of generation 7. */
    private Path publishedReport(Job job, Path work) {
        JobResult published = stub().transcoder(storage, work, encoder)
                .run(job, new Attempt(7, 8, PublishGate.OPEN, new Cancellation()), progress -> {});
        ObjectRef report = job.output().resolve(published.run().reportKey());
        return temp.resolve("films").resolve(report.key());
    }

    private static HeldJob held(Job job, long generation, long fence) {
        Lease lease = new Lease(new JobId("job_1"), QUEUE, Payload.of("{}"), "token", 2, generation, fence);
        return new HeldJob(job, lease, Duration.ofMinutes(1), System::nanoTime, System.nanoTime());
    }

    private static Storage refusing(Storage real, AtomicBoolean broken) {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, args) -> {
                    if (broken.get() && method.getName().equals("fetch")) {
                        throw new TranscodeException(FailureCode.S3_AUTH, "the credentials are refused");
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
