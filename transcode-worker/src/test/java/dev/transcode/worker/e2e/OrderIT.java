package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract's test 6: ten jobs at once, and queues of different priority. */
class OrderIT {
    private static Backends backends;

    @BeforeAll
    static void start() {
        backends = new Backends();
        backends.bucket.add("in/film.mp4", Films.make(320, 180, 2));
    }

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void tenJobsAtOnceAreSharedInOrderAndNeverOverlap() {
        List<String> ids = IntStream.range(0, 10).mapToObj(i -> "ten-" + i).toList();
        Map<String, String> settings = backends.settings("QUEUE_NAME", "ten");
        try (WorkerProcess first = WorkerProcess.start("order-1", settings);
                WorkerProcess second = WorkerProcess.start("order-2", settings)) {
            first.awaitReady();
            second.awaitReady();
            backends.redis()
                    .lpush(
                            "ten",
                            ids.stream()
                                    .map(id -> Jobs.of(id, "in/film.mp4", Jobs.SMALL_LADDER))
                                    .toArray(String[]::new));

            ids.forEach(id -> backends.awaitStatus(id, "complete"));
            first.awaitLine("Complete");
            second.awaitLine("Complete");
        }

        List<String> claimed = jobs("claimed", "ten-");
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
        // Two workers may take two jobs in the same millisecond; which of the two claims comes first is then open.
        for (int i = 0; i < ids.size(); i++) {
            assertThat(Math.abs(claimed.indexOf(ids.get(i)) - i))
                    .as("%s in %s", ids.get(i), claimed)
                    .isLessThanOrEqualTo(1);
        }
        assertThat(jobs("complete", "ten-")).containsExactlyInAnyOrderElementsOf(ids);
        assertOneAtATime();
        for (String id : ids) {
            assertThat(backends.bucket.unreferenced("out/" + id, "180p.mp4", "144p.mp4", "120p.mp4", "96p.mp4"))
                    .isEmpty();
            assertThat(backends.bucket.below("out/" + id))
                    .containsAll(backends.bucket.reachable("out/" + id))
                    .hasSizeGreaterThan(12);
        }
    }

    /** A worker that was told nothing else has one job at a time. */
    private static void assertOneAtATime() {
        Map<String, String> running = new HashMap<>();
        for (Map<String, String> event : backends.events()) {
            String worker = event.getOrDefault("worker", "");
            if (event.get("type").equals("claimed")) {
                assertThat(running.put(worker, event.get("job")))
                        .as("beside %s", event)
                        .isNull();
            } else if (List.of("complete", "failed").contains(event.get("type"))) {
                assertThat(running.remove(worker)).isEqualTo(event.get("job"));
            }
        }
    }

    @Test
    void theHighQueueComesFirst() {
        // Sources that are missing: the order is told by the claims.
        backends.redis().lpush("transcode_jobs_low", job("low-1"), job("low-2"), job("low-3"));
        backends.redis().lpush("transcode_jobs_high", job("high-1"), job("high-2"));
        String queues = "transcode_jobs_high,transcode_jobs_low";
        try (WorkerProcess worker = WorkerProcess.start("order-priority", backends.settings("QUEUE_NAME", queues))) {
            backends.awaitStatus("low-3", "failed");
            backends.redis().lpush("transcode_jobs_low", Jobs.of("busy", "in/film.mp4", Jobs.SMALL_LADDER));
            backends.awaitStatus("busy", "processing");
            backends.redis().lpush("transcode_jobs_low", job("low-4"));
            backends.redis().lpush("transcode_jobs_high", job("high-3"));
            backends.awaitStatus("low-4", "failed");
            assertThat(worker.isAlive()).isTrue();
        }

        List<String> claimed = new ArrayList<>(jobs("claimed", "high-", "low-", "busy"));
        assertThat(claimed).containsExactly("high-1", "high-2", "low-1", "low-2", "low-3", "busy", "high-3", "low-4");
    }

    private static String job(String id) {
        return Jobs.of(id, "in/missing.mp4", Jobs.ONE_RUNG);
    }

    private static List<String> jobs(String type, String... prefixes) {
        return backends.events().stream()
                .filter(event -> event.get("type").equals(type))
                .map(event -> event.get("job"))
                .filter(id -> List.of(prefixes).stream().anyMatch(id::startsWith))
                .toList();
    }
}
