package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.JobFields;
import dev.transcode.job.JobState;
import dev.transcode.job.Stage;
import dev.transcode.queue.Claim.Dropped;
import dev.transcode.queue.Claim.Reason;
import dev.transcode.queue.FinishResult;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.QueueUpkeep.Round;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must become of the jobs of workers that died, hung, or were thought to. */
public abstract class UpkeepContract extends QueueContract {
    @Test
    void whileEverybodyBeatsThereIsNothingToDo() {
        Lease lease = started("a");
        for (int i = 0; i < 4; i++) {
            server.passTime(server.lease().dividedBy(2));
            assertThat(beat(worker, lease)).isEqualTo(Renewal.OK);
            assertThat(upkeep.round()).isEqualTo(Round.NOTHING);
        }
        assertThat(worker.gate(lease)).isEqualTo(Renewal.OK);
    }

    @Test
    void aLateHeartbeatKeepsALeaseThatNobodyRecovered() {
        Lease lease = started("a");
        server.passTime(server.lease().multipliedBy(2));

        assertThat(beat(worker, lease)).isEqualTo(Renewal.OK);
        assertThat(upkeep.round()).isEqualTo(Round.NOTHING);
        assertThat(worker.finish(lease, COMPLETE)).isEqualTo(FinishResult.DONE);
    }

    @Test
    void theGateKeepsALateLeaseToo() {
        Lease lease = started("a");
        server.passTime(server.lease().multipliedBy(2));

        assertThat(worker.gate(lease)).isEqualTo(Renewal.OK);
        assertThat(upkeep.round()).isEqualTo(Round.NOTHING);
    }

    @Test
    void theFirstLossPutsTheJobToTheFrontAndLocksItsOldOwnerOut() {
        Lease lost = started("a");
        push("b");
        Round round = recover(1);

        assertThat(round.requeued()).isEqualTo(1);
        assertThat(state("a")).isEqualTo(JobState.QUEUED);
        assertThat(status("a").fields()).containsEntry(JobFields.STALLS, "1");
        assertThat(beat(worker, lost)).isEqualTo(Renewal.LOST);
        assertThat(worker.gate(lost)).isEqualTo(Renewal.LOST);
        assertThat(worker.release(lost)).isFalse();
        assertThat(worker.finish(lost, COMPLETE)).isEqualTo(FinishResult.LOST);
        Lease next = claim(worker, "a");
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.generation()).isEqualTo(lost.generation());
        assertThat(next.fence()).isGreaterThan(lost.fence());
        assertThat(worker.finish(lost, COMPLETE)).isEqualTo(FinishResult.LOST);
        assertThat(worker.release(lost)).isFalse();
        assertThat(beat(worker, next)).isEqualTo(Renewal.OK);
        claim(worker, "b");
        assertEmpty();
    }

    @Test
    void laterLossesWaitLongerAndTheFourthEndsTheJob() {
        started("a");
        recover(1);
        for (int loss = 2; loss <= 3; loss++) {
            claim(worker, "a");
            Round round = recover(1);
            assertThat(round.delayed()).isEqualTo(1);
            assertThat(status("a").stage()).contains(Stage.RETRY);
            Instant updated = status("a").time(JobFields.UPDATED_AT).orElseThrow();
            Instant due = status("a").time(JobFields.RETRY_AT).orElseThrow();
            Duration wait = Duration.ofSeconds(loss == 2 ? 30 : 60);
            assertThat(Duration.between(updated, due)).isBetween(wait.minusSeconds(1), wait.plusSeconds(1));
            server.makeDue(Q);
            assertThat(rounds(1).promoted()).isEqualTo(1);
        }
        Lease last = claim(worker, "a");
        assertThat(last.attempt()).isEqualTo(4);

        assertThat(recover(1).failed()).isEqualTo(1);
        assertThat(state("a")).isEqualTo(JobState.FAILED);
        assertThat(status("a").errorCode()).contains("worker_lost");
        assertThat(status("a").fields()).containsEntry(JobFields.STALLS, "4");
        assertThat(depth().dead()).isEqualTo(1);
        assertThat(worker.finish(last, COMPLETE)).isEqualTo(FinishResult.LOST);
        assertThat(outbox.due(10, Duration.ofMinutes(1))).hasSize(1);
        assertEmpty();
    }

    @Test
    void aLostJobThatIsToBeCancelledEnds() {
        started("a");
        store.cancel(id("a"));

        assertThat(recover(1).cancelled()).isEqualTo(1);
        assertThat(state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(outbox.due(10, Duration.ofMinutes(1))).hasSize(1);
        assertEmpty();
    }

    @Test
    void theInboxOfADeadWorkerGoesBackInOrderAndOnce() {
        push("a", "b");
        JobQueue dead = backend.worker("dead", List.of(Q));
        Taken taken = take(dead);
        server.passTime(server.lease().dividedBy(2));
        worker.heartbeat(List.of());
        assertThat(upkeep.round().swept()).as("its last beat is young").isZero();

        server.passTime(server.lease().multipliedBy(5).dividedBy(4));
        worker.heartbeat(List.of());
        assertThat(rounds(1).swept()).isEqualTo(1);
        assertThat(upkeep.round()).isEqualTo(Round.NOTHING);
        assertThat(depth().workers()).isEqualTo(1);
        assertThat(dead.claim(taken, id("a"))).isEqualTo(new Dropped(Reason.GONE));
        claim(worker, "a");
        claim(worker, "b");
        assertEmpty();
    }

    @Test
    void ofTwoRoundsOneRecoversAJob() {
        started("a");
        server.passTime(server.lease().multipliedBy(2));
        Round first = rounds(1);
        Round second = backend.upkeep(List.of(Q)).round();

        assertThat(first.requeued() + second.requeued()).isEqualTo(1);
        assertThat(depth().waiting()).isEqualTo(1);
    }

    @Test
    void aRoundLeavesOtherQueuesAlone() {
        server.push("other", payload("a"));
        JobQueue other = backend.worker("w2", List.of("other"));
        Lease lease = claim(other, "a");
        server.passTime(server.lease().multipliedBy(2));

        assertThat(upkeep.round()).isEqualTo(Round.NOTHING);
        assertThat(beat(other, lease)).isEqualTo(Renewal.OK);
    }
}
