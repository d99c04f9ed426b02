package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import dev.transcode.job.JobState;
import dev.transcode.job.JobStatus;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueDepth;
import dev.transcode.queue.QueueUpkeep;
import dev.transcode.queue.Renewal;
import dev.transcode.queue.Submission;
import dev.transcode.queue.SubmitResult;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the queue's ports share: an empty server, one worker, and the words to say what happens. */
public abstract class QueueContract {
    protected static final String Q = "jobs";
    protected static final int MAX_WAITING = 20;
    protected static final Outcome COMPLETE = new Outcome.Complete(
            List.of(new JobOutput("720p", "out/720p.mp4"), new JobOutput("hls", "out/master.m3u8")), Map.of());
    protected static final Outcome CANCELLED = new Outcome.Cancelled(Map.of());

    /** Every end of a job causes one; to the job's own address, else to the operator's. */
    protected static final EndWebhook WEBHOOK = (id, attempt, ownUrl, outcome) -> Optional.of(new EndWebhook.Call(
            "evt_" + UUID.randomUUID().toString().replace("-", ""),
            ownUrl.orElse("https://operator/hook"),
            ownUrl.isEmpty(),
            outcome.getClass().getSimpleName() + " " + id + " " + attempt));

    protected QueueServer server;
    protected QueueBackend backend;
    protected JobQueue worker;
    protected JobStore store;
    protected QueueUpkeep upkeep;
    protected Outbox outbox;

    /** A server without any jobs. */
    protected abstract QueueServer server();

    @BeforeEach
    void connect() {
        server = server();
        backend = server.connect(WEBHOOK, MAX_WAITING);
        worker = backend.worker("w1", List.of(Q));
        store = backend.store();
        upkeep = backend.upkeep(List.of(Q));
        outbox = backend.outbox();
    }

    @AfterEach
    void disconnect() {
        backend.close();
        server.close();
    }

    protected static JobId id(String id) {
        return new JobId(id);
    }

    protected static Payload payload(String id) {
        return Payload.of("{\"id\": \"" + id + "\", \"input_key\": \"ä/film.mp4\"}");
    }

    protected static Payload otherPayload(String id) {
        return Payload.of("{\"id\": \"" + id + "\", \"input_key\": \"other.mp4\"}");
    }

    protected void push(String... ids) {
        for (String id : ids) {
            server.push(Q, payload(id));
        }
    }

    protected SubmitResult.Kind submit(String id) {
        return store.submit(new Submission(id(id), Q, payload(id), Map.of(), Optional.empty()))
                .kind();
    }

    /** The next payload, without waiting. */
    protected static Taken take(JobQueue worker) {
        return worker.take(Duration.ZERO).orElseThrow(() -> new AssertionError("nothing to take"));
    }

    protected static Lease owned(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Owned.class);
        return ((Claim.Owned) claim).lease();
    }

    /** Takes and claims the next payload, which must be this job's. */
    protected Lease claim(JobQueue by, String id) {
        Taken taken = take(by);
        assertThat(taken.payload()).isEqualTo(payload(id));
        return owned(by.claim(taken, id(id)));
    }

    /** Pushes the job to the empty queue and claims it. */
    protected Lease started(String id) {
        push(id);
        return claim(worker, id);
    }

    protected Renewal beat(JobQueue by, Lease lease) {
        return by.heartbeat(List.of(new Beat(lease, Map.of()))).get(0);
    }

    protected static Failure failure(FailureCode code) {
        return Failure.of(code, "cannot do it: " + code.wire());
    }

    protected static Outcome failed() {
        return new Outcome.Failed(failure(FailureCode.BAD_INPUT), Map.of());
    }

    protected static Outcome retry(FailureCode code) {
        return new Outcome.Retry(failure(code), Duration.ofHours(1), Map.of());
    }

    protected JobStatus status(String id) {
        return store.find(id(id)).orElseThrow(() -> new AssertionError("no status of " + id));
    }

    protected JobState state(String id) {
        return status(id).state();
    }

    protected QueueDepth depth() {
        return store.depths(List.of(Q)).get(0);
    }

    protected void assertEmpty() {
        assertThat(worker.take(Duration.ZERO)).isEmpty();
    }

    /** Lets every lease run out, and waits until a round has recovered so many jobs. */
    protected QueueUpkeep.Round recover(int jobs) {
        server.passTime(server.lease().multipliedBy(5).dividedBy(4));
        return rounds(jobs);
    }

    /** Rounds of upkeep until so many jobs were touched: a round may hold fire, or leave some for the next. */
    protected QueueUpkeep.Round rounds(int jobs) {
        QueueUpkeep.Round sum = QueueUpkeep.Round.NOTHING;
        for (int i = 0; i < 20 && count(sum) < jobs; i++) {
            QueueUpkeep.Round round = upkeep.round();
            sum = new QueueUpkeep.Round(
                    sum.requeued() + round.requeued(),
                    sum.delayed() + round.delayed(),
                    sum.failed() + round.failed(),
                    sum.cancelled() + round.cancelled(),
                    sum.swept() + round.swept(),
                    sum.promoted() + round.promoted(),
                    sum.healed() + round.healed());
            if (count(round) == 0) {
                server.passTime(server.lease().dividedBy(4));
            }
        }
        return sum;
    }

    private static int count(QueueUpkeep.Round round) {
        return round.requeued()
                + round.delayed()
                + round.failed()
                + round.cancelled()
                + round.swept()
                + round.promoted()
                + round.healed();
    }
}
