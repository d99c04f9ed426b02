package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Claim;
import dev.transcode.queue.InMemoryBackend;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a worker does to the queue, without the work. */
final class TestWorker implements AutoCloseable {
    private final JobQueue queue;

    TestWorker(InMemoryBackend backend) {
        queue = backend.worker("w-test", List.of(TestApi.QUEUE));
    }

    /** Takes the next job, which has this id; copies of cancelled ones before it are dropped. */
    Lease claim(String id) {
        Lease lease = claimNext();
        assertThat(lease.id().value()).isEqualTo(id);
        return lease;
    }

    Lease claimNext() {
        while (true) {
            Taken taken = queue.take(Duration.ofSeconds(30)).orElseThrow();
            JobId read = JobJson.readId(taken.payload().text()).orElseThrow();
            if (queue.claim(taken, read) instanceof Claim.Owned owned) {
                return owned.lease();
            }
        }
    }

    /** @param keys of the outputs 720p and hls */
    void complete(Lease lease, String... keys) {
        queue.finish(
                lease,
                new Outcome.Complete(List.of(new JobOutput("720p", keys[0]), new JobOutput("hls", keys[1])), Map.of()));
    }

    void finish(Lease lease, Outcome outcome) {
        queue.finish(lease, outcome);
    }

    @Override
    public void close() {
        queue.close();
    }
}
