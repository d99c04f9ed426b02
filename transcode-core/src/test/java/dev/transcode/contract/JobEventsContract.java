package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.job.FailureCode;
import dev.transcode.job.JobFields;
import dev.transcode.queue.Beat;
import dev.transcode.queue.JobEvent;
import dev.transcode.queue.JobEvents;
import dev.transcode.queue.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What watchers must be told. */
public abstract class JobEventsContract extends QueueContract {
    private JobEvents events;

    @BeforeEach
    void watch() {
        events = backend.events();
    }

    @AfterEach
    void stop() {
        events.close();
    }

    @Test
    void theLifeOfAJobIsToldInOrder() {
        submit("a");
        Lease first = claim(worker, "a");
        Map<String, String> news = Map.of(
                JobFields.STAGE, "encode", JobFields.PROGRESS, "12.5", JobFields.SPEED, "1.84", JobFields.ETA, "42");
        worker.heartbeat(List.of(new Beat(first, news)));
        worker.finish(first, retry(FailureCode.S3_5XX));
        server.makeDue(Q);
        rounds(1);
        Lease second = claim(worker, "a");
        worker.gate(second);
        worker.gate(second);
        worker.finish(second, COMPLETE);
        worker.finish(second, COMPLETE);

        List<JobEvent> told = events.read("0", Duration.ZERO);
        assertThat(told)
                .extracting(JobEvent::type)
                .containsExactly(
                        "queued", "claimed", "progress", "retry", "queued", "claimed", "publishing", "complete");
        assertThat(told).extracting(JobEvent::job).containsOnly(id("a"));
        assertThat(told.get(1).fields())
                .containsEntry(JobFields.ATTEMPT, "1")
                .containsEntry(JobFields.WORKER, "w1")
                .containsEntry(JobFields.QUEUE, Q)
                .containsEntry(JobFields.FENCE, String.valueOf(first.fence()))
                .containsEntry(JobFields.GENERATION, String.valueOf(first.generation()));
        assertThat(told.get(2).fields()).containsAllEntriesOf(news);
        assertThat(told.get(3).fields())
                .containsEntry(JobFields.ERROR_CODE, "s3_5xx")
                .doesNotContainKeys(JobFields.SPEED, JobFields.ETA);
        assertThat(told).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    }

    @Test
    void otherThingsAreToldToo() {
        Lease lease = started("a");
        push("a");
        worker.claim(take(worker), id("a"));
        server.push(Q, otherPayload("a"));
        worker.claim(take(worker), id("a"));
        worker.release(lease);
        claim(worker, "a");
        recover(1);
        claim(worker, "a");
        store.cancel(id("a"));
        store.cancel(id("a"));
        recover(1);

        assertThat(events.read("0", Duration.ZERO))
                .extracting(JobEvent::type)
                .containsExactly(
                        "claimed",
                        "duplicate",
                        "conflict",
                        "released",
                        "claimed",
                        "requeued",
                        "claimed",
                        "cancel_requested",
                        "cancelled");
    }

    @Test
    void readingGoesOnAfterAPosition() {
        submit("a");
        List<JobEvent> first = events.read("0", Duration.ZERO);
        String end = events.end();
        submit("b");
        submit("c");

        assertThat(first).hasSize(1);
        List<JobEvent> after = events.read(first.get(0).position(), Duration.ZERO);
        assertThat(after).extracting(event -> event.job().value()).containsExactly("b", "c");
        assertThat(events.read(end, Duration.ZERO)).isEqualTo(after);
        assertThat(events.read(after.get(0).position(), Duration.ZERO)).containsExactly(after.get(1));
        assertThat(events.read(events.end(), Duration.ZERO)).isEmpty();
        assertThat(events.read(events.end(), Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void aReaderThatWaitsIsToldAtOnce() throws Exception {
        String end = events.end();
        CompletableFuture<List<JobEvent>> waiting = new CompletableFuture<>();
        Thread reader = new Thread(() -> waiting.complete(events.read(end, Duration.ofSeconds(20))));
        reader.start();
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        submit("a");

        assertThat(waiting.get(5, TimeUnit.SECONDS)).extracting(JobEvent::type).containsExactly("queued");
    }
}
