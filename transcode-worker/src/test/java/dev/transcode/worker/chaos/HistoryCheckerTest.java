package dev.transcode.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.worker.chaos.History.Commit;
import dev.transcode.worker.chaos.History.End;
import dev.transcode.worker.chaos.History.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories made up, good ones and such as may never be. */
class HistoryCheckerTest {
    private static final String JOB = Kind.GOOD.id(1);
    private static final String POISON = Kind.POISON.id(2);

    private final Map<String, Integer> pushes = new HashMap<>(Map.of(JOB, 1));
    private final Set<String> cancels = new HashSet<>();
    private final Set<String> malformed = new HashSet<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Commit> commits = new ArrayList<>();
    private final Map<String, End> ends = new HashMap<>(Map.of(JOB, new End("complete", "")));
    private final Set<String> buried = new HashSet<>();
    private final Map<String, Integer> leftovers = new HashMap<>();
    private final Map<String, List<String>> unreferenced = new HashMap<>();

    @Test
    void aJobThatCompletesAndIsPublishedOnceIsWell() {
        completed();
        assertThat(violations()).isEmpty();
    }

    @Test
    void aJobMayLoseAWorkerAndBeGivenBackAndFailAndRunAgain() {
        pushes.put(JOB, 2);
        event("claimed", 10, 10);
        event("requeued", 10, 10);
        event("claimed", 10, 11);
        event("released", 10, 11);
        event("claimed", 10, 12);
        events.add(new Event("retry", JOB, 10, 12, 1, "reset"));
        event("queued", 10, 12);
        event("claimed", 10, 13);
        event("duplicate", 10, 13);
        event("complete", 10, 13);
        event("claimed", 14, 14);
        event("complete", 14, 14);
        commits.add(new Commit(JOB, 10, 12)); // It had put it, and failed afterwards: the next found it.
        commits.add(new Commit(JOB, 14, 14));
        assertThat(violations()).isEmpty();
    }

    @Test
    void aJobThatNobodyEverTookIsLost() {
        ends.put(JOB, new End("queued", ""));
        assertThat(violations()).singleElement().asString().startsWith("lost: job=" + JOB);
    }

    @Test
    void aJobThatIsStillProcessingIsLost() {
        event("claimed", 10, 10);
        ends.put(JOB, new End("processing", ""));
        assertThat(violations()).singleElement().asString().startsWith("lost: job=" + JOB);
    }

    @Test
    void twoCommitsOfOneGenerationAreTold() {
        completed();
        commits.add(new Commit(JOB, 10, 10));
        assertThat(violations()).anyMatch(text -> text.startsWith("published twice"));
    }

    @Test
    void aCommitOfAnOlderAttemptAfterANewerOneIsTold() {
        pushes.put(JOB, 2);
        completed();
        event("claimed", 11, 11);
        event("complete", 11, 11);
        commits.add(0, new Commit(JOB, 11, 11));
        assertThat(violations()).singleElement().asString().startsWith("published by an older attempt");
    }

    @Test
    void aCommitWithoutAClaimIsTold() {
        completed();
        commits.add(new Commit(JOB, 10, 12));
        assertThat(violations()).singleElement().asString().startsWith("published by an attempt that had no claim");
    }

    @Test
    void aJobThatIsCompleteWithoutACommitIsTold() {
        completed();
        commits.clear();
        assertThat(violations()).singleElement().asString().startsWith("complete but not published");
    }

    @Test
    void twoOwnersAreTold() {
        event("claimed", 10, 10);
        event("claimed", 10, 11);
        event("complete", 10, 11);
        commits.add(new Commit(JOB, 10, 11));
        assertThat(violations()).singleElement().asString().startsWith("two owners");
    }

    @Test
    void anEndByAnOldOwnerIsTold() {
        event("claimed", 10, 10);
        event("requeued", 10, 10);
        event("claimed", 10, 11);
        event("complete", 10, 10);
        commits.add(new Commit(JOB, 10, 10));
        assertThat(violations()).singleElement().asString().startsWith("not by the owner");
    }

    @Test
    void aFenceThatDoesNotGrowIsTold() {
        event("claimed", 10, 10);
        event("requeued", 10, 10);
        event("claimed", 10, 10);
        event("complete", 10, 10);
        commits.add(new Commit(JOB, 10, 10));
        assertThat(violations()).singleElement().asString().startsWith("fence does not grow");
    }

    @Test
    void oneRunMoreThanItWasPushedIsTold() {
        completed();
        event("claimed", 11, 11);
        event("complete", 11, 11);
        commits.add(new Commit(JOB, 11, 11));
        assertThat(violations()).singleElement().asString().startsWith("ran more often than it was pushed");
    }

    @Test
    void poisonMustLoseFourWorkersAndThenBeDead() {
        completed();
        poison(4);
        assertThat(violations()).isEmpty();
    }

    @Test
    void poisonThatIsGivenUpTooEarlyIsTold() {
        completed();
        poison(2);
        assertThat(violations()).singleElement().asString().startsWith("given up after 2 losses");
    }

    @Test
    void aGoodJobThatFailsIsTold() {
        event("claimed", 10, 10);
        events.add(new Event("failed", JOB, 10, 10, 1, "io_error"));
        ends.put(JOB, new End("failed", "io_error"));
        assertThat(violations()).singleElement().asString().startsWith("ended other than complete");
    }

    @Test
    void aJobIsCancelledOnlyIfSomebodyAsked() {
        event("cancelled", 0, 0);
        ends.put(JOB, new End("cancelled", ""));
        assertThat(violations()).singleElement().asString().startsWith("ended other than complete");
        cancels.add(JOB);
        assertThat(violations()).isEmpty();
    }

    @Test
    void whatIsTriedForEverIsTold() {
        long fence = 10;
        for (; fence < 18; fence++) {
            event("claimed", 10, fence);
            events.add(new Event("retry", JOB, 10, fence, 1, "reset"));
        }
        event("claimed", 10, fence);
        event("complete", 10, fence);
        commits.add(new Commit(JOB, 10, fence));
        assertThat(violations()).singleElement().asString().startsWith("tried too often");
    }

    @Test
    void aMalformedPayloadMustBeBuriedAndNothingElse() {
        completed();
        malformed.add("a1");
        buried.add("b2");
        assertThat(violations()).containsExactly("lost: malformed payload a1", "buried though it is a job: b2");
    }

    @Test
    void whatIsLeftIsTold() {
        completed();
        leftovers.put("leases", 1);
        leftovers.put("waiting", 0);
        unreferenced.put(JOB, List.of("out/x/r-1/s0.m4s"));
        assertThat(violations()).containsExactly("left over: leases: 1", "unreferenced: [out/x/r-1/s0.m4s]");
    }

    private List<String> violations() {
        return HistoryChecker.check(
                        new History(pushes, cancels, malformed, events, commits, ends, buried, leftovers, unreferenced))
                .violations();
    }

    private void completed() {
        event("claimed", 10, 10);
        event("publishing", 10, 10);
        event("complete", 10, 10);
        commits.add(new Commit(JOB, 10, 10));
    }

    private void poison(int losses) {
        pushes.put(POISON, 1);
        for (int i = 1; i <= losses; i++) {
            events.add(new Event("claimed", POISON, 20, 19 + i, i, ""));
            String type = i == losses ? "failed" : i == 1 ? "requeued" : "retry";
            events.add(new Event(type, POISON, 20, 19 + i, i, i == 1 ? "" : "worker_lost"));
        }
        ends.put(POISON, new End("failed", "worker_lost"));
    }

    private void event(String type, long generation, long fence) {
        events.add(new Event(type, JOB, generation, fence, 1, ""));
    }
}
