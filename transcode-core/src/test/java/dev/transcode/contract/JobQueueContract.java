package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.job.Stage;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.Claim.Dropped;
import dev.transcode.queue.Claim.Reason;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.Taken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker's side of a queue must do, as long as its worker lives. */
public abstract class JobQueueContract extends QueueContract {
    @Test
    void anEmptyQueueGivesNothingWithoutWaiting() {
        long start = System.nanoTime();

        assertThat(worker.take(Duration.ZERO)).isEmpty();
        assertThat(worker.take(Duration.ofMillis(30))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(20), Duration.ofSeconds(3));
    }

    @Test
    void jobsAreTakenInTheOrderOfTheirPushes() {
        push("a", "b", "c");
        submit("d");

        List<String> order = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "d")) {
            order.add(claim(worker, id).id().value());
        }
        assertThat(order).containsExactly("a", "b", "c", "d");
        assertEmpty();
    }

    @Test
    void aHigherQueueIsEmptiedFirst() {
        JobQueue both = backend.worker("w2", List.of("high", "low"));
        server.push("low", payload("l1"));
        server.push("high", payload("h1"));
        server.push("high", payload("h2"));

        assertThat(List.of(
                        claim(both, "h1").queue(),
                        claim(both, "h2").queue(),
                        claim(both, "l1").queue()))
                .containsExactly("high", "high", "low");
    }

    @Test
    void aWaitingTakeWakesUpAtOnce() throws Exception {
        CompletableFuture<Optional<Taken>> waiting =
                CompletableFuture.supplyAsync(() -> worker.take(Duration.ofSeconds(20)));
        while (depth().workers() == 0) {
            Thread.onSpinWait(); // until the take has registered its worker
        }
        push("a");

        assertThat(waiting.get(5, TimeUnit.SECONDS)).map(Taken::payload).contains(payload("a"));
    }

    @Test
    void whatStandsInTheInboxIsTakenFirstAgain() {
        push("a", "b");
        Taken lost = take(worker);

        JobQueue restarted = backend.worker("w1", List.of(Q));
        assertThat(take(restarted).payload()).isEqualTo(lost.payload());
    }

    @Test
    void anyBytesAreTakenAsTheyArePushed() {
        byte[] bytes = {0, (byte) 0xff, (byte) 0xc3, 13, 10, 0};
        server.push(Q, Payload.of(bytes));
        server.push(Q, Payload.of(""));

        Taken odd = take(worker);
        assertThat(odd.payload().bytes()).isEqualTo(bytes);
        worker.bury(odd, Optional.empty(), failure(FailureCode.INVALID_JOB));
        assertThat(take(worker).payload().size()).isZero();
    }

    @Test
    void aClaimWritesTheStatusOfAJobThatWasOnlyPushed() {
        push("a");
        assertThat(store.find(id("a"))).isEmpty();
        Lease lease = claim(worker, "a");

        JobStatus status = status("a");
        assertThat(status.state()).isEqualTo(JobState.PROCESSING);
        assertThat(status.attempt()).isEqualTo(1);
        assertThat(status.createdAt()).isPresent();
        assertThat(status.time(JobFields.STARTED_AT)).isPresent();
        assertThat(status.fields())
                .containsEntry(JobFields.ID, "a")
                .containsEntry(JobFields.STATUS, "processing")
                .containsEntry(JobFields.QUEUE, Q)
                .containsEntry(JobFields.WORKER, "w1")
                .containsEntry(JobFields.SHA, payload("a").sha256())
                .containsEntry(JobFields.FENCE, String.valueOf(lease.fence()))
                .containsEntry(JobFields.GENERATION, String.valueOf(lease.generation()));
        assertThat(lease.payload()).isEqualTo(payload("a"));
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.generation()).isEqualTo(lease.fence());
        assertThat(lease.queue()).isEqualTo(Q);
    }

    @Test
    void aClaimRepeatedIsTheSameClaim() {
        push("a");
        Taken taken = take(worker);
        Claim first = worker.claim(taken, id("a"));

        assertThat(worker.claim(taken, id("a"))).isEqualTo(first);
        assertThat(status("a").attempt()).isEqualTo(1);
        assertThat(depth().running()).isEqualTo(1);
    }

    @Test
    void fencesGrowWithEveryClaimOfAnyJob() {
        long a = started("a").fence();
        long b = started("b").fence();
        assertThat(b).isGreaterThan(a);
    }

    @Test
    void theSamePushWhileItRunsIsDroppedAndCounted() {
        started("a");
        push("a");
        Taken taken = take(worker);

        assertThat(worker.claim(taken, id("a"))).isEqualTo(new Dropped(Reason.DUPLICATE_ACTIVE));
        assertThat(worker.claim(taken, id("a"))).isInstanceOf(Dropped.class);
        assertThat(status("a").fields()).containsEntry(JobFields.DUPLICATES, "1");
        assertEmpty();
    }

    /** A lone worker takes the copy only after the end: it would run again. */
    @Test
    void theSamePushesWhileItWaitsOrRunsAreDroppedAndCountedWhenItEnds() {
        push("a");
        push("a");
        Lease lease = claim(worker, "a");
        push("b");
        push("a");

        assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);

        assertThat(status("a").fields()).containsEntry(JobFields.DUPLICATES, "2");
        claim(worker, "b");
        push("a");
        assertThat(claim(worker, "a").generation()).isGreaterThan(lease.generation());
    }

    @Test
    void theSamePushWhileItIsDelayedIsDroppedAndCounted() {
        worker.finish(started("a"), retry(FailureCode.S3_5XX));
        push("a");

        assertThat(worker.claim(take(worker), id("a"))).isEqualTo(new Dropped(Reason.DUPLICATE_WAITING));
        assertThat(status("a").fields()).containsEntry(JobFields.DUPLICATES, "1");
        assertThat(depth().delayed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "delayed", "submitted"})
    void anotherPayloadOfAJobInProgressIsAConflict(String progress) {
        if (progress.equals("submitted")) {
            JobQueue other = backend.worker("w2", List.of(Q));
            submit("a");
            take(other); // its own copy is on its way
        } else {
            Lease lease = started("a");
            if (progress.equals("delayed")) {
                worker.finish(lease, retry(FailureCode.S3_5XX));
            }
        }
        JobStatus before = status("a");
        server.push(Q, otherPayload("a"));
        Taken taken = take(worker);

        assertThat(worker.claim(taken, id("a"))).isEqualTo(new Dropped(Reason.CONFLICT));
        assertThat(worker.claim(taken, id("a"))).isInstanceOf(Dropped.class);
        assertThat(depth().malformed()).isEqualTo(1);
        assertThat(status("a").state()).isEqualTo(before.state());
        assertThat(status("a").field(JobFields.SHA)).contains(payload("a").sha256());
        assertEmpty();
    }

    @Test
    void theSameJobFromAnotherQueueIsAConflict() {
        started("a");
        server.push("other", payload("a"));
        JobQueue other = backend.worker("w2", List.of("other"));

        assertThat(other.claim(take(other), id("a"))).isEqualTo(new Dropped(Reason.CONFLICT));
        assertThat(store.depths(List.of("other")).get(0).malformed()).isEqualTo(1);
        assertThat(status("a").field(JobFields.QUEUE)).contains(Q);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "failed", "cancelled"})
    void aPushAfterTheEndStartsANewGeneration(String end) {
        Lease first = started("a");
        worker.heartbeat(List.of(new Beat(first, Map.of(JobFields.SOURCE, "bucket/key"))));
        worker.finish(first, end.equals("complete") ? COMPLETE : end.equals("failed") ? failed() : CANCELLED);
        Lease second = started("a");

        assertThat(second.generation()).isEqualTo(second.fence()).isGreaterThan(first.generation());
        assertThat(second.attempt()).isEqualTo(1);
        JobStatus status = status("a");
        assertThat(status.state()).isEqualTo(JobState.PROCESSING);
        assertThat(status.outputs()).isEmpty();
        assertThat(status.error()).isEmpty();
        assertThat(status.errorCode()).isEmpty();
        assertThat(status.fields()).doesNotContainKeys(JobFields.FINISHED_AT, JobFields.DUPLICATES, JobFields.SOURCE);
        assertThat(worker.finish(first, COMPLETE)).isNotEqualTo(FinishResult.DONE);
        assertThat(state("a")).isEqualTo(JobState.PROCESSING);
        assertThat(depth().dead()).isZero();
    }

    @Test
    void anotherPayloadAfterTheEndIsANewJob() {
        worker.finish(started("a"), COMPLETE);
        server.push(Q, otherPayload("a"));

        Lease lease = owned(worker.claim(take(worker), id("a")));
        assertThat(lease.payload()).isEqualTo(otherPayload("a"));
        assertThat(status("a").field(JobFields.SHA)).contains(otherPayload("a").sha256());
    }

    @Test
    void aStatusThatItsProducerWroteIsAdopted() {
        server.writeStatus(id("a"), Map.of("status", "queued", "id", "a", "title", "Sintel", "attempt", "many"));
        Lease lease = started("a");

        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.generation()).isEqualTo(lease.fence());
        assertThat(status("a").state()).isEqualTo(JobState.PROCESSING);
        assertThat(status("a").fields()).containsEntry("title", "Sintel");
        assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);
    }

    @Test
    void whatAForeignWorkerLeftBehindIsRun() {
        server.writeStatus(id("a"), Map.of("status", "processing"));

        assertThat(worker.finish(started("a"), COMPLETE)).isEqualTo(FinishResult.DONE);
        assertThat(state("a")).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void aHeartbeatWritesProgressAndSaysForEachLeaseWhatItIs() {
        Lease a = started("a");
        Lease b = started("b");
        Lease over = started("c");
        worker.finish(over, COMPLETE);
        store.cancel(id("b"));

        Map<String, String> progress = Map.of(JobFields.STAGE, "encode", JobFields.PROGRESS, "41.5");
        assertThat(worker.heartbeat(List.of(new Beat(over, progress), new Beat(a, progress), new Beat(b, Map.of()))))
                .containsExactly(Renewal.LOST, Renewal.OK, Renewal.CANCEL);
        assertThat(status("a").stage()).contains(Stage.ENCODE);
        assertThat(status("a").percent()).isEqualTo(41.5);
        assertThat(status("c").stage()).isEmpty();
        assertThat(status("c").percent()).isEqualTo(100);
    }

    @Test
    void aHeartbeatWithoutLeasesIsAnsweredWithNothing() {
        assertThat(worker.heartbeat(List.of())).isEmpty();
        assertThat(depth().workers()).isEqualTo(1);
    }

    @Test
    void theGateOpensForTheOwnerOnly() {
        Lease lease = started("a");
        assertThat(worker.gate(lease)).isEqualTo(Renewal.OK);
        assertThat(worker.gate(lease)).isEqualTo(Renewal.OK);
        assertThat(status("a").stage()).contains(Stage.PUBLISH);

        store.cancel(id("a"));
        assertThat(worker.gate(lease)).isEqualTo(Renewal.CANCEL);
        worker.finish(lease, CANCELLED);
        assertThat(worker.gate(lease)).isEqualTo(Renewal.LOST);
    }

    @Test
    void aCompleteJobHasItsOutputsAndFacts() {
        Lease lease = started("a");
        worker.gate(lease);
        List<JobOutput> outputs = ((Outcome.Complete) COMPLETE).outputs();
        Outcome end = new Outcome.Complete(outputs, Map.of(JobFields.ENCODE_SPEED, "3.2"));

        assertThat(worker.finish(lease, end)).isEqualTo(FinishResult.DONE);
        assertThat(worker.finish(lease, end)).isEqualTo(FinishResult.ALREADY);
        JobStatus status = status("a");
        assertThat(status.state()).isEqualTo(JobState.COMPLETE);
        assertThat(status.outputs()).isEqualTo(outputs);
        assertThat(status.percent()).isEqualTo(100);
        assertThat(status.stage()).isEmpty();
        assertThat(status.fields()).containsEntry(JobFields.ENCODE_SPEED, "3.2");
        assertThat(status.time(JobFields.FINISHED_AT)).isPresent();
        assertThat(depth().running() + depth().dead() + depth().delayed() + depth().waiting())
                .isZero();
        assertEmpty();
    }

    @Test
    void aFailedJobHasItsErrorAndIsKept() {
        Lease lease = started("a");

        assertThat(worker.finish(lease, failed())).isEqualTo(FinishResult.DONE);
        assertThat(worker.finish(lease, failed())).isEqualTo(FinishResult.ALREADY);
        JobStatus status = status("a");
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.error()).contains("cannot do it: bad_input");
        assertThat(status.errorCode()).contains("bad_input");
        assertThat(status.field(JobFields.HINT)).contains(FailureCode.BAD_INPUT.hint());
        assertThat(depth().dead()).isEqualTo(1);
        assertThat(depth().running()).isZero();
    }

    @Test
    void aRetryWaitsAndThenGoesToTheEndOfTheQueue() {
        Lease first = started("a");
        assertThat(worker.finish(first, retry(FailureCode.S3_TIMEOUT))).isEqualTo(FinishResult.DONE);
        assertThat(worker.finish(first, retry(FailureCode.S3_TIMEOUT))).isEqualTo(FinishResult.ALREADY);

        JobStatus waiting = status("a");
        assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
        assertThat(waiting.stage()).contains(Stage.RETRY);
        assertThat(waiting.errorCode()).contains("s3_timeout");
        assertThat(waiting.time(JobFields.RETRY_AT)).isPresent();
        assertThat(depth().delayed()).isEqualTo(1);
        upkeep.round();
        assertEmpty();

        push("b");
        server.makeDue(Q);
        assertThat(rounds(1).promoted()).isEqualTo(1);
        claim(worker, "b");
        Lease second = claim(worker, "a");
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.generation()).isEqualTo(first.generation());
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(status("a").error()).isEmpty();
        assertThat(status("a").fields()).doesNotContainKey(JobFields.RETRY_AT);
    }

    @Test
    void aRetryTooManyIsAFailure() {
        Lease lease = started("a");
        for (int attempt = 1; attempt < FailureCode.ENCODE_FAILED.attempts(); attempt++) {
            worker.finish(lease, retry(FailureCode.ENCODE_FAILED));
            server.makeDue(Q);
            rounds(1);
            lease = claim(worker, "a");
        }

        assertThat(worker.finish(lease, retry(FailureCode.ENCODE_FAILED))).isEqualTo(FinishResult.DONE);
        assertThat(state("a")).isEqualTo(JobState.FAILED);
        assertThat(status("a").errorCode()).contains("encode_failed");
        assertThat(depth().dead()).isEqualTo(1);
        assertThat(depth().delayed()).isZero();
    }

    @Test
    void aRetryOfAJobToBeCancelledIsItsEnd() {
        Lease lease = started("a");
        store.cancel(id("a"));

        assertThat(worker.finish(lease, retry(FailureCode.S3_5XX))).isEqualTo(FinishResult.DONE);
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(depth().delayed()).isZero();
    }

    @Test
    void aJobGivenBackIsNextAndItsAttemptDoesNotCount() {
        Lease lease = started("a");
        worker.gate(lease);
        push("b");

        assertThat(worker.release(lease)).isTrue();
        worker.release(lease);
        assertThat(depth().waiting()).isEqualTo(2);
        assertThat(state("a")).isEqualTo(JobState.QUEUED);
        assertThat(status("a").stage()).isEmpty();
        assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.LOST);
        assertThat(beat(worker, lease)).isEqualTo(Renewal.LOST);
        Lease again = claim(worker, "a");
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.generation()).isEqualTo(lease.generation());
        assertThat(again.fence()).isGreaterThan(lease.fence());
        claim(worker, "b");
        worker.release(lease); // an old holder gives nothing back
        assertEmpty();
    }

    @Test
    void aJobGivenBackThatIsToBeCancelledEnds() {
        Lease lease = started("a");
        store.cancel(id("a"));

        worker.release(lease);
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertEmpty();
    }

    @Test
    void aWorkerThatClosesGivesItsInboxBackInOrder() {
        push("a", "b");
        JobQueue other = backend.worker("w2", List.of(Q));
        take(other);
        other.heartbeat(List.of());
        other.close();

        claim(worker, "a");
        claim(worker, "b");
        assertThat(depth().workers()).isEqualTo(1);
    }

    @Test
    void aPayloadThatIsNoJobIsBuriedOnce() {
        server.push(Q, Payload.of("no json"));
        Taken taken = take(worker);
        worker.bury(taken, Optional.empty(), failure(FailureCode.INVALID_JOB));
        worker.bury(taken, Optional.empty(), failure(FailureCode.INVALID_JOB));

        assertThat(depth().malformed()).isEqualTo(1);
        assertThat(worker.claim(taken, id("x"))).isEqualTo(new Dropped(Reason.GONE));
        assertEmpty();
    }

    @Test
    void aBuriedPayloadWithAnIdFailsItsJob() {
        String json = "{\"id\": \"a\", \"ladder\": 7, \"x\": \"" + "é".repeat(70_000) + "\"}";
        server.push(Q, Payload.of(json.getBytes(StandardCharsets.UTF_8)));
        worker.bury(take(worker), Optional.of(id("a")), failure(FailureCode.INVALID_JOB));

        assertThat(state("a")).isEqualTo(JobState.FAILED);
        assertThat(status("a").errorCode()).contains("invalid_job");
        assertThat(status("a").attempt()).isZero();
        assertThat(depth().malformed()).isEqualTo(1);
    }

    @Test
    void aSubmittedPayloadThatTurnsOutToBeNoJobFails() {
        submit("a");
        worker.bury(take(worker), Optional.of(id("a")), failure(FailureCode.INVALID_JOB));

        assertThat(state("a")).isEqualTo(JobState.FAILED);
    }

    @Test
    void aBuriedPayloadLeavesAJobInProgressAlone() {
        Lease lease = started("a");
        server.push(Q, Payload.of("{\"id\": \"a\""));
        worker.bury(take(worker), Optional.of(id("a")), failure(FailureCode.INVALID_JOB));

        assertThat(state("a")).isEqualTo(JobState.PROCESSING);
        assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);
    }
}
