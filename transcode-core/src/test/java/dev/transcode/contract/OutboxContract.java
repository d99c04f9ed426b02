package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Lease;
import dev.transcode.queue.OutboxEntry;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must become of the webhooks that the ends of jobs cause. */
public abstract class OutboxContract extends QueueContract {
    private static final Duration HOLD = Duration.ofMillis(200);
    private static final Duration LATER = Duration.ofMinutes(10);

    @Test
    void everyEndCausesOneAlsoWhenItIsRepeated() {
        Lease a = started("a");
        assertThat(due()).isEmpty();
        worker.finish(a, COMPLETE);
        worker.finish(a, COMPLETE);
        Lease b = started("b");
        worker.finish(b, failed());
        worker.finish(b, failed());

        assertThat(due()).extracting(OutboxEntry::body).containsExactly("Complete a 1", "Failed b 1");
    }

    @Test
    void anAttemptThatIsRetriedOrGivenBackCausesNone() {
        Lease lease = started("a");
        worker.release(lease);
        lease = claim(worker, "a");
        worker.finish(lease, retry(FailureCode.ENCODE_FAILED));
        assertThat(due()).isEmpty();

        server.makeDue(Q);
        rounds(1);
        worker.finish(claim(worker, "a"), retry(FailureCode.ENCODE_FAILED));
        assertThat(due()).extracting(OutboxEntry::body).containsExactly("Failed a 2");
    }

    @Test
    void aCancelOfAWaitingJobAndABuriedJobCauseOneToo() {
        submit("a");
        store.cancel(id("a"));
        server.push(Q, Payload.of("{\"id\": \"b\"}"));
        worker.claim(take(worker), id("a")); // drops the copy
        worker.bury(take(worker), Optional.of(id("b")), failure(FailureCode.INVALID_JOB));

        assertThat(due()).extracting(OutboxEntry::body).containsExactly("Cancelled a 0", "Failed b 0");
    }

    @Test
    void itGoesToTheJobsOwnAddressWhereverThatIsFirstRead() {
        Payload payload = Payload.of("{\"id\": \"a\", \"webhook_url\": \"https://site/a\"}");
        server.push(Q, payload);
        worker.finish(owned(worker.claim(take(worker), id("a"))), COMPLETE);
        Lease b = started("b");
        worker.heartbeat(List.of(new Beat(b, Map.of(JobFields.WEBHOOK_URL, "https://site/b"))));
        worker.finish(b, COMPLETE);
        worker.finish(started("c"), COMPLETE);

        List<OutboxEntry> due = due();
        assertThat(due)
                .extracting(OutboxEntry::url)
                .containsExactly("https://site/a", "https://site/b", "https://operator/hook");
        assertThat(due).extracting(OutboxEntry::trusted).containsExactly(false, false, true);
        assertThat(due).extracting(OutboxEntry::tries).containsOnly(0);
        assertThat(due.get(0).job()).isEqualTo(id("a"));
    }

    @Test
    void whatOneTookIsHiddenFromOthersForAWhile() {
        worker.finish(started("a"), COMPLETE);
        OutboxEntry entry = outbox.due(10, HOLD).get(0);
        assertThat(outbox.due(10, HOLD)).isEmpty();

        server.passTime(HOLD.multipliedBy(2));
        assertThat(outbox.due(10, LATER)).containsExactly(entry);
    }

    @Test
    void noMoreAreTakenThanAskedFor() {
        for (String id : List.of("a", "b", "c")) {
            worker.finish(started(id), COMPLETE);
            server.passTime(Duration.ofMillis(2));
        }
        assertThat(outbox.due(2, LATER))
                .extracting(entry -> entry.job().value())
                .containsExactly("a", "b");
        assertThat(outbox.due(2, LATER))
                .extracting(entry -> entry.job().value())
                .containsExactly("c");
    }

    @Test
    void aSettledEntryIsOverAndLoggedOnce() {
        worker.finish(started("a"), COMPLETE);
        OutboxEntry entry = due().get(0);
        outbox.settle(entry, "200 in 12 ms");
        outbox.settle(entry, "200 in 12 ms");

        server.passTime(HOLD.multipliedBy(2));
        assertThat(due()).isEmpty();
        assertThat(outbox.log(id("a"))).containsExactly("200 in 12 ms");
        assertThat(outbox.log(id("b"))).isEmpty();
    }

    @Test
    void aFailedTryComesAgainLaterAndCounts() {
        worker.finish(started("a"), COMPLETE);
        OutboxEntry entry = due().get(0);
        outbox.again(entry, HOLD, "503");
        outbox.again(entry, HOLD, "503");
        assertThat(due()).isEmpty();

        server.passTime(HOLD.multipliedBy(2));
        OutboxEntry second = due().get(0);
        assertThat(second.tries()).isEqualTo(1);
        assertThat(second.eventId()).isEqualTo(entry.eventId());
        assertThat(second.createdAt()).isEqualTo(entry.createdAt());
        outbox.settle(second, "200");
        outbox.again(entry, Duration.ZERO, "late"); // of one who was thought dead
        assertThat(due()).isEmpty();
        assertThat(outbox.log(id("a"))).containsExactly("503", "200");
    }

    @Test
    void theLogKeepsTheLastTwentyTries() {
        worker.finish(started("a"), COMPLETE);
        for (int i = 0; i < 25; i++) {
            outbox.again(due().get(0), Duration.ZERO, "try " + i);
        }
        assertThat(outbox.log(id("a"))).hasSize(20).startsWith("try 5").endsWith("try 24");
    }

    @Test
    void theLastWebhookIsSentAgainUnderItsOwnEventId() {
        assertThat(outbox.resend(id("a"))).isEmpty();
        Lease lease = started("a");
        assertThat(outbox.resend(id("a"))).isEmpty();
        worker.finish(lease, COMPLETE);
        OutboxEntry entry = due().get(0);
        outbox.settle(entry, "200");

        assertThat(outbox.resend(id("a"))).map(OutboxEntry::eventId).contains(entry.eventId());
        List<OutboxEntry> again = due();
        assertThat(again).extracting(OutboxEntry::eventId).containsExactly(entry.eventId());
        outbox.settle(again.get(0), "200 again");
        assertThat(outbox.log(id("a"))).containsExactly("200", "200 again");
    }

    @Test
    void oneThatIsSentAgainHasAllItsTriesBeforeIt() {
        worker.finish(started("a"), COMPLETE);
        outbox.again(due().get(0), Duration.ZERO, "503");
        outbox.settle(due().get(0), "503, given up");

        assertThat(outbox.resend(id("a"))).map(OutboxEntry::tries).contains(0);
        OutboxEntry again = due().get(0);
        assertThat(again.tries()).isZero();
        outbox.again(again, Duration.ZERO, "503 again");
        assertThat(due()).extracting(OutboxEntry::tries).containsExactly(1);
        assertThat(outbox.log(id("a"))).containsExactly("503", "503, given up", "503 again");
    }

    @Test
    void eachGenerationHasItsOwn() {
        worker.finish(started("a"), COMPLETE);
        worker.finish(started("a"), new Outcome.Failed(failure(FailureCode.DISK_FULL), Map.of()));

        List<OutboxEntry> due = due();
        assertThat(due).extracting(OutboxEntry::body).containsExactly("Complete a 1", "Failed a 1");
        assertThat(due.get(0).eventId()).isNotEqualTo(due.get(1).eventId());
        assertThat(outbox.resend(id("a")))
                .map(OutboxEntry::eventId)
                .contains(due.get(1).eventId());
    }

    private List<OutboxEntry> due() {
        server.passTime(Duration.ofMillis(2));
        return outbox.due(10, LATER);
    }
}
