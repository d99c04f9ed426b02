package dev.transcode.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.JobId;
import dev.transcode.job.JobOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What only the queue in memory does: it stays bounded. */
class InMemoryBackendTest {
    private final InMemoryBackend backend = InMemoryBackend.builder().build();
    private final JobQueue worker = backend.worker("w", List.of("q"));

    @Test
    void keepsAThousandEndedJobsAndTenThousandEvents() {
        for (int i = 0; i < 6_000; i++) {
            run(new JobId("job" + i));
        }

        assertThat(backend.store().list(new JobQuery(Optional.empty(), 0, 1_000, Optional.empty())))
                .hasSize(1_000);
        assertThat(backend.store().find(new JobId("job5999"))).isPresent();
        assertThat(backend.store().find(new JobId("job4999"))).isEmpty();
        assertThat(backend.events().read("0", Duration.ZERO).get(0).position()).isEqualTo("2001");
    }

    @Test
    void refusesALeaseOfNothing() {
        assertThatThrownBy(() -> InMemoryBackend.builder().lease(Duration.ZERO).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void run(JobId id) {
        backend.push("q", Payload.of("{\"id\":\"" + id + "\"}"));
        Taken taken = worker.take(Duration.ZERO).orElseThrow();
        Lease lease = ((Claim.Owned) worker.claim(taken, id)).lease();
        worker.finish(lease, new Outcome.Complete(List.of(new JobOutput("hls", "k")), Map.of()));
    }
}
