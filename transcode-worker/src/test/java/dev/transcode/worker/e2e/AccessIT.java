package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.storage.s3.fixture.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surroundings that exist: few rights, no settings, producers with habits of their own, an old worker beside ours. */
class AccessIT {
    private static Backends backends;

    @TempDir
    private Path temp;

    @BeforeAll
    static void start() {
        backends = new Backends();
        backends.bucket.add("in/film.mp4", Films.make(160, 120, 1));
    }

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void credentialsThatMayOnlyGetAndPutAreEnough() {
        String[] settings = {
            "QUEUE_NAME", "rights", "LYVE_ENDPOINT", backends.getAndPutOnly().toString()
        };
        try (WorkerProcess worker = WorkerProcess.start("access-rights", backends.settings(settings))) {
            worker.awaitReady();
            for (int generation = 1; generation <= 2; generation++) {
                backends.redis().lpush("rights", Jobs.of("rights", "in/film.mp4", Jobs.ONE_RUNG));
                int expected = generation;
                await("generation " + generation)
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> backends.events("complete", "rights").size() == expected);
            }
            backends.redis().lpush("rights", Jobs.of("rights-missing", "in/no.mp4", Jobs.ONE_RUNG));

            assertThat(backends.awaitStatus("rights-missing", "failed"))
                    .containsEntry("error_code", "input_not_found")
                    .hasEntrySatisfying("error", error -> assertThat(error).contains("in/no.mp4", "missing, or"));
        }
        assertThat(backends.status("rights"))
                .containsEntry("status", "complete")
                .containsEntry("attempt", "1");
        assertThat(backends.bucket.below("out/rights"))
                .containsAll(backends.bucket.reachable("out/rights"))
                .contains("120p.mp4");
    }

    /** As on AWS, whose endpoints it is the default for. The names lead to this machine by a hosts file of the JVM's. */
    @Test
    void theBucketMayStandInTheHostName() throws IOException {
        String domain = "s3.eu-central-1.amazonaws.com";
        Gate gate = backends.virtualHosts(domain);
        Path hosts = Files.writeString(
                temp.resolve("hosts"), "127.0.0.1 localhost " + domain + " " + Backends.BUCKET + "." + domain + "\n");
        String[] settings = {
            "QUEUE_NAME",
            "host",
            "LYVE_ENDPOINT",
            "http://" + domain + ":" + gate.endpoint().getPort(),
            "JAVA_TOOL_OPTIONS",
            "-Djdk.net.hosts.file=" + hosts
        };
        backends.redis().lpush("host", Jobs.of("host", "in/film.mp4", Jobs.ONE_RUNG));
        try (WorkerProcess worker = WorkerProcess.start("access-host", backends.settings(settings))) {
            assertThat(backends.awaitEnd("host")).containsEntry("status", "complete");
            assertThat(worker.isAlive()).isTrue();
        }
        assertThat(gate.seen())
                .extracting(Gate.Request::path)
                .contains("/in/film.mp4", "/out/host/120p.mp4", "/out/host/master.m3u8")
                .noneMatch(path -> path.startsWith("/" + Backends.BUCKET));
        assertThat(backends.bucket.below("out/host"))
                .containsAll(backends.bucket.reachable("out/host"))
                .contains("120p.mp4");
    }

    @Test
    void threeWorkersSideBySideNeedNoSettings() {
        List<String> ids = IntStream.range(0, 6).mapToObj(i -> "side-" + i).toList();
        List<WorkerProcess> workers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                workers.add(WorkerProcess.startAsIs("access-side-" + i, backends.minimal()));
            }
            workers.forEach(WorkerProcess::awaitReady);
            ids.forEach(id -> backends.redis().lpush("transcode_jobs", Jobs.of(id, "in/film.mp4", Jobs.ONE_RUNG)));
            ids.forEach(id -> backends.awaitStatus(id, "complete"));

            assertThat(workers).allMatch(WorkerProcess::isAlive);
            // At most one of them has the port; whatever else runs here may have it too.
            assertThat(workers.stream()
                            .filter(worker -> worker.log().contains("going on without"))
                            .count())
                    .isGreaterThanOrEqualTo(2);
            await("six lines")
                    .until(() -> workers.stream()
                                    .mapToLong(worker -> worker.count("Complete"))
                                    .sum()
                            == 6);
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    @Test
    void aProducerThatWritesTheStatusItselfIsServed() {
        backends.redis().hset("job:habit", Map.of("status", "queued", "title", "A film"));
        backends.redis().lpush("habits", Jobs.of("habit", "in/film.mp4", Jobs.ONE_RUNG));
        try (WorkerProcess worker = WorkerProcess.start("access-habit", backends.settings("QUEUE_NAME", "habits"))) {
            assertThat(backends.awaitStatus("habit", "complete"))
                    .containsEntry("title", "A film")
                    .containsEntry("id", "habit")
                    .containsEntry("attempt", "1")
                    .containsKey("outputs");
            assertThat(worker.isAlive()).isTrue();
        }
    }

    @Test
    void theOldWorkerAndOursShareAQueueAndHurtNoJob() {
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> "both-" + i).toList();
        Process old = Python.start("old_worker.py", Map.of("REDIS_URL", backends.redis.uri()), "both");
        try (WorkerProcess ours = WorkerProcess.start("access-both", backends.settings("QUEUE_NAME", "both"))) {
            ours.awaitReady();
            backends.redis()
                    .lpush(
                            "both",
                            ids.stream()
                                    .map(id -> Jobs.of(id, "in/film.mp4", Jobs.ONE_RUNG))
                                    .toArray(String[]::new));
            ids.forEach(id -> backends.awaitStatus(id, "complete"));
            await("the old worker's last outputs")
                    .until(() ->
                            done().stream().allMatch(id -> backends.status(id).containsKey("outputs")));
            // Whatever our recovery thinks of jobs it does not know, it would have done by now.
            await().pollDelay(Backends.LEASE.multipliedBy(2)).until(() -> true);
        } finally {
            old.destroyForcibly();
        }

        List<String> theirs = done();
        List<String> ours = backends.events().stream()
                .filter(event ->
                        event.get("type").equals("complete") && event.get("job").startsWith("both-"))
                .map(event -> event.get("job"))
                .toList();
        List<String> all = new ArrayList<>(theirs);
        all.addAll(ours);
        assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(theirs).hasSizeGreaterThan(2);
        assertThat(ours).hasSizeGreaterThan(2);
        for (String id : theirs) {
            assertThat(backends.status(id))
                    .containsOnlyKeys("status", "outputs")
                    .containsEntry("status", "complete");
            assertThat(backends.bucket.below("out/" + id)).isEmpty();
        }
        for (String id : ours) {
            assertThat(backends.status(id)).containsEntry("status", "complete").containsEntry("attempt", "1");
            assertThat(backends.bucket.below("out/" + id))
                    .contains("120p.mp4")
                    .containsAll(backends.bucket.reachable("out/" + id));
        }
        assertThat(backends.redis().llen("both")).isZero();
        assertThat(backends.redis().zcard("both:leases")).isZero();
    }

    private static List<String> done() {
        return backends.redis().lrange("done-by-the-old-worker", 0, -1);
    }
}
