package dev.transcode.queue;

import dev.transcode.contract.QueueServer;
import dev.transcode.contract.TestClock;
import dev.transcode.job.JobId;
import java.time.Duration;
import java.util.Map;

/** The queue in memory, for its contracts. There is one connection: the last one made. */
final class MemoryServer implements QueueServer {
    private final TestClock clock = new TestClock();
    private InMemoryBackend backend = InMemoryBackend.builder().build();

    @Override
    public QueueBackend connect(EndWebhook endWebhook, int maxWaiting) {
        backend = InMemoryBackend.builder()
                .clock(clock)
                .lease(lease())
                .endWebhook(endWebhook)
                .maxWaiting(maxWaiting)
                .build();
        return backend;
    }

    @Override
    public void push(String queue, Payload payload) {
        backend.push(queue, payload);
    }

    @Override
    public void writeStatus(JobId id, Map<String, String> fields) {
        backend.state().run(() -> backend.state().job(id).fields.putAll(fields));
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void passTime(Duration time) {
        clock.advance(time);
    }

    @Override
    public void makeDue(String queue) {
        backend.state().run(() -> {
            for (MemoryJob job : backend.state().jobs.values()) {
                if (job.due != null && queue.equals(job.fields.get("queue"))) {
                    job.due = clock.instant();
                }
            }
        });
    }

    @Override
    public void close() {
        backend.close();
    }
}
