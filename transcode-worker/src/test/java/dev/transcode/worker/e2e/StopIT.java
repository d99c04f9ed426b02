package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ends that are asked for, and servers that go away and come back. */
class StopIT {
    private static final int SIGTERM = 128 + 15;

    private static Backends backends;

    @BeforeAll
    static void start() {
        backends = new Backends();
        backends.bucket.add("in/film.mp4", Films.make(320, 180, 12));
    }

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void aJobIsGivenBackAndItsAttemptDoesNotCount() {
        Map<String, String> settings = backends.settings("QUEUE_NAME", "back");
        try (WorkerProcess first = WorkerProcess.start("stop-back", settings)) {
            push("back");
            first.awaitEncoder().terminate();

            assertThat(first.exitCode()).isEqualTo(SIGTERM);
            assertThat(first.tools()).isEmpty();
            assertThat(backends.status("back"))
                    .containsEntry("status", "queued")
                    .containsEntry("attempt", "0");
            assertThat(backends.redis().llen("back")).isEqualTo(1);
            assertThat(backends.bucket.below("out/back")).isEmpty();
            assertThat(first.workDirectory()).isEmptyDirectory();
        }
        try (WorkerProcess second = WorkerProcess.start("stop-back-other", settings)) {
            assertThat(backends.awaitStatus("back", "complete")).containsEntry("attempt", "1");
            assertThat(second.isAlive()).isTrue();
        }
        assertWhole("back");
        assertThat(backends.events("released", "back")).hasSize(1);
    }

    @Test
    void aDrainingWorkerFinishesWhatItHasAndTakesNoMore() {
        String[] settings = {"QUEUE_NAME", "drain", "TRANSCODE_STOP", "drain"};
        try (WorkerProcess worker = WorkerProcess.start("stop-drain", backends.settings(settings))) {
            push("drain");
            worker.awaitEncoder().terminate();
            worker.awaitLine("Stopping");
            backends.redis().lpush("drain", job("drain-later"));

            assertThat(worker.exitCode()).isEqualTo(SIGTERM);
            assertThat(backends.status("drain"))
                    .containsEntry("status", "complete")
                    .containsEntry("attempt", "1");
        }
        assertThat(backends.redis().llen("drain")).isEqualTo(1);
        assertThat(backends.status("drain-later")).isEmpty();
        assertThat(backends.redis().keys("drain:inbox:*")).isEmpty();
        assertWhole("drain");
    }

    @Test
    void anOutageOfRedisLongerThanTheLeaseCostsNoSecondEncode() {
        Map<String, String> settings = backends.settings("QUEUE_NAME", "outage");
        try (WorkerProcess first = WorkerProcess.start("stop-outage-1", settings);
                WorkerProcess second = WorkerProcess.start("stop-outage-2", settings)) {
            first.awaitReady();
            second.awaitReady();
            push("outage");
            backends.awaitStatus("outage", "processing");
            await("an encoder")
                    .until(() -> first.tools().size() + second.tools().size() > 0);

            backends.redis.kill();
            await().pollDelay(Backends.LEASE.plusSeconds(2))
                    .atMost(Backends.LEASE.plusSeconds(10))
                    .until(() -> true);
            backends.redis.start();

            assertThat(backends.awaitStatus("outage", "complete"))
                    .containsEntry("attempt", "1")
                    .doesNotContainKey("stalls");
            assertThat(first.count("Encoding") + second.count("Encoding")).isEqualTo(1);
        }
        assertThat(backends.events("claimed", "outage")).hasSize(1);
        assertWhole("outage");
    }

    @Test
    void aWorkerThatIsBootedBeforeRedisWaitsForIt() {
        backends.redis.kill();
        WorkerProcess worker = WorkerProcess.start("stop-boot", backends.settings("QUEUE_NAME", "boot"));
        try (worker) {
            worker.awaitLine("cannot connect to");
            assertThat(worker.log()).doesNotContain("waiting for jobs");

            backends.redis.start();

            worker.awaitReady();
            push("boot");
            backends.awaitStatus("boot", "complete");
        }
    }

    /** A job named as the queue it is pushed to. */
    private static void push(String id) {
        backends.redis().lpush(id, job(id));
    }

    private static String job(String id) {
        return Jobs.of(id, "in/film.mp4", Jobs.ONE_RUNG, "\"preset\": \"slow\", \"segment_seconds\": 2");
    }

    private static void assertWhole(String id) {
        assertThat(backends.events("complete", id)).hasSize(1);
        assertThat(backends.bucket.below("out/" + id)).containsAll(backends.bucket.reachable("out/" + id));
        assertThat(backends.bucket.unreferenced("out/" + id, List.of("120p.mp4").toArray(String[]::new)))
                .isEmpty();
    }
}
