package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobId;
import dev.transcode.job.JobState;
import dev.transcode.queue.CancelResult;
import dev.transcode.queue.Claim;
import dev.transcode.queue.Claim.Dropped;
import dev.transcode.queue.Claim.Reason;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQuery;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.RetryResult;
import dev.transcode.queue.Submission;
import dev.transcode.queue.SubmitResult;
import dev.transcode.queue.SubmitResult.Kind;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the side of who submits and looks must do. */
public abstract class JobStoreContract extends QueueContract {
    @Test
    void aSubmittedJobIsKnownBeforeAnybodyTakesIt() {
        Map<String, String> facts = Map.of(JobFields.SOURCE, "in/film.mp4", JobFields.WEBHOOK_URL, "https://site/hook");
        SubmitResult result = store.submit(new Submission(id("a"), Q, payload("a"), facts, Optional.empty()));

        assertThat(result).isEqualTo(new SubmitResult(Kind.QUEUED, id("a")));
        assertThat(state("a")).isEqualTo(JobState.QUEUED);
        assertThat(status("a").createdAt()).isPresent();
        assertThat(status("a").attempt()).isZero();
        assertThat(status("a").fields()).containsAllEntriesOf(facts).containsEntry(JobFields.QUEUE, Q);
        claim(worker, "a");
        assertThat(status("a").fields()).containsAllEntriesOf(facts);
    }

    @Test
    void aJobThatHasNotEndedIsNotQueuedTwice() {
        submit("a");
        assertThat(submit("a")).isEqualTo(Kind.EXISTS);
        Lease lease = claim(worker, "a");
        assertThat(submit("a")).isEqualTo(Kind.EXISTS);
        worker.finish(lease, retry(FailureCode.S3_5XX));
        assertThat(submit("a")).isEqualTo(Kind.EXISTS);
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "failed", "cancelled"})
    void anEndedJobIsSubmittedAgainAsANewGeneration(String end) {
        Lease first = started("a");
        worker.finish(first, end.equals("complete") ? COMPLETE : end.equals("failed") ? failed() : CANCELLED);

        assertThat(submit("a")).isEqualTo(Kind.QUEUED);
        assertThat(state("a")).isEqualTo(JobState.QUEUED);
        assertThat(status("a").error()).isEmpty();
        assertThat(status("a").outputs()).isEmpty();
        assertThat(depth().dead()).isZero();
        Lease second = claim(worker, "a");
        assertThat(second.generation()).isGreaterThan(first.generation());
        assertThat(second.attempt()).isEqualTo(1);
    }

    @Test
    void anIdempotencyKeyGivesTheFirstSubmissionsId() {
        Submission first = new Submission(id("a"), Q, payload("a"), Map.of(), Optional.of("key 1"));
        Submission again = new Submission(id("b"), Q, payload("a"), Map.of(), Optional.of("key 1"));
        Submission other = new Submission(id("c"), Q, payload("c"), Map.of(), Optional.of("key 1"));

        assertThat(store.submit(first).kind()).isEqualTo(Kind.QUEUED);
        assertThat(store.submit(first)).isEqualTo(new SubmitResult(Kind.REPLAY, id("a")));
        assertThat(store.submit(again)).isEqualTo(new SubmitResult(Kind.REPLAY, id("a")));
        assertThat(store.submit(other)).isEqualTo(new SubmitResult(Kind.CONFLICT, id("c")));
        assertThat(depth().waiting()).isEqualTo(1);
        assertThat(store.find(id("b"))).isEmpty();
        assertThat(store.find(id("c"))).isEmpty();
    }

    @Test
    void aFullQueueTakesNoMoreSubmissions() {
        for (int i = 0; i < MAX_WAITING; i++) {
            assertThat(submit("job" + i)).isEqualTo(Kind.QUEUED);
        }
        assertThat(submit("late")).isEqualTo(Kind.FULL);
        assertThat(store.find(id("late"))).isEmpty();

        claim(worker, "job0");
        assertThat(submit("late")).isEqualTo(Kind.QUEUED);
    }

    @Test
    void jobsAreListedNewestFirstAndInPages() {
        for (String id : List.of("a", "b", "c", "d")) {
            submit(id);
            server.passTime(Duration.ofMillis(2));
        }
        worker.finish(claim(worker, "a"), COMPLETE);
        worker.finish(claim(worker, "b"), failed());

        assertThat(listed(new JobQuery(Optional.empty(), 0, 10, Optional.empty())))
                .containsExactly("d", "c", "b", "a");
        assertThat(listed(new JobQuery(Optional.empty(), 1, 2, Optional.empty())))
                .containsExactly("c", "b");
        assertThat(listed(new JobQuery(Optional.empty(), 0, 2, Optional.of(id("c")))))
                .containsExactly("b", "a");
        assertThat(listed(new JobQuery(Optional.of(JobState.QUEUED), 1, 10, Optional.empty())))
                .containsExactly("c");
        assertThat(listed(new JobQuery(Optional.of(JobState.FAILED), 0, 1, Optional.of(id("d")))))
                .containsExactly("b");
        assertThat(listed(new JobQuery(Optional.of(JobState.CANCELLED), 0, 1, Optional.empty())))
                .isEmpty();
        assertThat(listed(new JobQuery(Optional.empty(), 4, 1, Optional.empty())))
                .isEmpty();
    }

    @Test
    void aNewGenerationIsListedOnceAndAsTheNewest() {
        worker.finish(started("a"), COMPLETE);
        server.passTime(Duration.ofMillis(2));
        started("b");
        server.passTime(Duration.ofMillis(2));
        started("a");

        assertThat(listed(new JobQuery(Optional.empty(), 0, 10, Optional.empty())))
                .containsExactly("a", "b");
    }

    private List<String> listed(JobQuery query) {
        return store.list(query).stream().map(status -> status.id().value()).toList();
    }

    @Test
    void anUnknownJobCanNeitherBeFoundNorCancelledNorRetried() {
        push("a"); // only pushed: nothing is known of it
        assertThat(store.find(id("a"))).isEmpty();
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.NOT_FOUND);
        assertThat(store.retry(id("a"))).isEqualTo(RetryResult.NOT_FOUND);
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndItsCopyDropped() {
        submit("a");
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.CANCELLED);
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.ENDED);

        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(worker.claim(take(worker), id("a"))).isEqualTo(new Dropped(Reason.CANCELLED));
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertEmpty();
    }

    @Test
    void aPushBehindTheCancelledCopyRuns() {
        submit("a");
        store.cancel(id("a"));
        push("a");

        assertThat(worker.claim(take(worker), id("a"))).isEqualTo(new Dropped(Reason.CANCELLED));
        assertThat(worker.finish(claim(worker, "a"), COMPLETE)).isEqualTo(FinishResult.DONE);
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit", "retry"})
    void aCancelledJobQueuedAgainRunsOnce(String how) {
        submit("a");
        store.cancel(id("a"));
        if (how.equals("submit")) {
            assertThat(submit("a")).isEqualTo(Kind.QUEUED);
        } else {
            assertThat(store.retry(id("a"))).isEqualTo(RetryResult.QUEUED);
        }
        assertThat(state("a")).isEqualTo(JobState.QUEUED);

        int runs = 0;
        for (int i = 0; i < 2; i++) {
            Optional<Taken> taken = worker.take(Duration.ZERO);
            if (taken.isPresent() && worker.claim(taken.get(), id("a")) instanceof Claim.Owned own) {
                runs++;
                worker.finish(own.lease(), COMPLETE);
            }
        }
        assertThat(runs).isEqualTo(1);
        assertThat(state("a")).isEqualTo(JobState.COMPLETE);
        assertEmpty();
    }

    @Test
    void aJobWhoseProducerWroteItsStatusIsCancelledBeforeItIsPushed() {
        server.writeStatus(id("a"), Map.of("status", "queued"));
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.CANCELLED);
        push("a");

        assertThat(worker.claim(take(worker), id("a"))).isEqualTo(new Dropped(Reason.CANCELLED));
    }

    @Test
    void aDelayedJobIsCancelledAtOnce() {
        worker.finish(started("a"), retry(FailureCode.S3_5XX));

        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.CANCELLED);
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(depth().delayed()).isZero();
        server.makeDue(Q);
        upkeep.round();
        assertEmpty();
    }

    @Test
    void aRunningJobIsAskedToStop() {
        Lease lease = started("a");
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.REQUESTED);
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.REQUESTED);

        assertThat(state("a")).isEqualTo(JobState.PROCESSING);
        assertThat(beat(worker, lease)).isEqualTo(Renewal.CANCEL);
        assertThat(worker.finish(lease, CANCELLED)).isEqualTo(FinishResult.DONE);
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(store.cancel(id("a"))).isEqualTo(CancelResult.ENDED);
        assertThat(beat(worker, started("a"))).as("the next generation").isEqualTo(Renewal.OK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobThatFailedOrWasCancelledIsRetried(boolean cancelled) {
        store.submit(new Submission(
                id("a"), Q, payload("a"), Map.of(JobFields.WEBHOOK_URL, "https://site/hook"), Optional.empty()));
        Lease first = claim(worker, "a");
        worker.finish(first, cancelled ? CANCELLED : failed());

        assertThat(store.retry(id("a"))).isEqualTo(RetryResult.QUEUED);
        assertThat(store.retry(id("a"))).isEqualTo(RetryResult.NOT_ENDED);
        assertThat(state("a")).isEqualTo(JobState.QUEUED);
        assertThat(status("a").error()).isEmpty();
        assertThat(status("a").field(JobFields.WEBHOOK_URL)).contains("https://site/hook");
        assertThat(depth().dead()).isZero();
        Lease second = claim(worker, "a");
        assertThat(second.generation()).isGreaterThan(first.generation());
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(store.retry(id("a"))).isEqualTo(RetryResult.NOT_ENDED);
        assertEmpty();
    }

    @Test
    void whatCompletedOrHasNoPayloadIsNotRetried() {
        worker.finish(started("a"), COMPLETE);
        server.push(Q, Payload.of("{\"id\": \"b\", "));
        worker.bury(take(worker), Optional.of(id("b")), failure(FailureCode.INVALID_JOB));

        assertThat(store.retry(id("a"))).isEqualTo(RetryResult.COMPLETE);
        assertThat(store.retry(id("b"))).isEqualTo(RetryResult.PAYLOAD_GONE);
        assertEmpty();
    }

    @Test
    void theDepthsTellWhereEverythingStands() {
        worker.finish(started("dead"), failed());
        worker.finish(started("delayed"), retry(FailureCode.S3_5XX));
        started("running");
        server.push(Q, Payload.of("[]"));
        worker.bury(take(worker), Optional.empty(), failure(FailureCode.INVALID_JOB));
        submit("waiting1");
        push("waiting2");
        server.passTime(Duration.ofMillis(20));

        List<QueueDepth> depths = store.depths(List.of("nothing", Q));
        assertThat(depths.get(0)).isEqualTo(new QueueDepth("nothing", 0, 0, 0, 0, 0, 0, Optional.empty()));
        QueueDepth depth = depths.get(1);
        assertThat(depth).isEqualTo(new QueueDepth(Q, 2, 1, 1, 1, 1, 1, depth.oldestAge()));
        assertThat(depth.oldestAge())
                .hasValueSatisfying(age -> assertThat(age).isBetween(Duration.ofMillis(20), Duration.ofSeconds(5)));
    }

    @Test
    void aStatusWithAnyTextIsFound() {
        JobId odd = id("Job.With-odd_1");
        server.writeStatus(odd, Map.of("status", "sleeping", "progress", "soon", "outputs", "{", "title", "é\u0000☃"));

        assertThat(store.find(odd)).hasValueSatisfying(status -> {
            assertThat(status.state()).isEqualTo(JobState.QUEUED);
            assertThat(status.percent()).isZero();
            assertThat(status.outputs()).isEmpty();
            assertThat(status.fields()).containsEntry("title", "é\u0000☃");
        });
    }
}
