package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the users of the wire contract do and test, against the program they would start. */
class ContractIT {
    private static final Site SITE = new Site();

    private static Backends backends;
    private static WorkerProcess worker;

    @BeforeAll
    static void start() {
        backends = new Backends();
        worker = WorkerProcess.start("contract", backends.settings());
        backends.bucket.add("audio1/2816/test-video.mp4", Films.make(1280, 720, 2));
        worker.awaitReady();
    }

    @AfterAll
    static void stop() {
        worker.close();
        SITE.close();
        backends.close();
    }

    @Test
    void thePythonClientWorksUnchanged() throws Exception {
        Process client = Python.start("contract_client.py", Map.of("REDIS_URL", backends.redis.uri()), SITE.url());
        String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(client.waitFor()).isZero();
        JsonObject answer = JsonParser.parseString(printed).getAsJsonObject();
        JsonObject status = answer.getAsJsonObject("status");
        assertThat(status.get("id").getAsString()).isEqualTo("test_job_001");
        assertThat(status.get("status").getAsString()).isEqualTo("complete");
        JsonElement outputs = JsonParser.parseString("""
                [{"profile": "720p", "key": "transcoded/test_001/720p.mp4"},
                 {"profile": "480p", "key": "transcoded/test_001/480p.mp4"},
                 {"profile": "hls", "key": "transcoded/test_001/master.m3u8"}]""");
        assertThat(JsonParser.parseString(status.get("outputs").getAsString())).isEqualTo(outputs);
        assertThat(answer.get("waiting").getAsInt()).isZero();
        assertThat(answer.getAsJsonArray("jobs").asList())
                .extracting(JsonElement::getAsString)
                .contains("job:test_job_001");
        assertThat(backends.bucket.below("transcoded/test_001")).contains("720p.mp4", "480p.mp4", "master.m3u8");
        assertWholeAndTyped("transcoded/test_001", "720p.mp4", "480p.mp4");
        assertWebhook("test_job_001", outputs);
    }

    private static void assertWebhook(String id, JsonElement outputs) {
        await("webhook of " + id)
                .atMost(Duration.ofSeconds(30))
                .until(() -> !SITE.hooks(id).isEmpty());
        assertThat(SITE.hooks(id)).singleElement().satisfies(hook -> {
            assertThat(hook.method()).isEqualTo("POST");
            assertThat(hook.contentType()).startsWith("application/json");
            JsonObject body = JsonParser.parseString(hook.body()).getAsJsonObject();
            assertThat(body.get("job_id").getAsString()).isEqualTo(id);
            assertThat(body.get("status").getAsString()).isEqualTo("complete");
            assertThat(body.get("outputs")).isEqualTo(outputs);
        });
    }

    /** All that a player can get to is there, and nothing else; playlists and MP4s have the contract's types. */
    private static void assertWholeAndTyped(String prefix, String... mp4s) {
        Bucket bucket = backends.bucket;
        assertThat(bucket.below(prefix)).containsAll(bucket.reachable(prefix)).contains(mp4s);
        assertThat(bucket.unreferenced(prefix, mp4s)).isEmpty();
        assertThat(backends.seen("PUT", prefix + "/master.m3u8"))
                .singleElement()
                .satisfies(put -> assertThat(put.headers()).containsEntry("content-type", "application/x-mpegURL"));
        for (String mp4 : mp4s) {
            assertThat(backends.seen("PUT", prefix + "/" + mp4))
                    .singleElement()
                    .satisfies(put -> assertThat(put.headers()).containsEntry("content-type", "video/mp4"));
        }
    }

    @Test
    void test1TheLogTellsOfTheStartAndOfEachJob() {
        backends.redis().lpush("transcode_jobs", Jobs.of("first", "audio1/2816/test-video.mp4", Jobs.ONE_RUNG));

        Map<String, String> status = backends.awaitStatus("first", "complete");

        await().untilAsserted(() -> assertThat(worker.log())
                .containsSubsequence("Connected to", "waiting for jobs", "Claimed", "Encoding", "Complete"));
        assertThat(worker.log()).contains("127.0.0.1:" + backends.redis.port());
        assertThat(worker.log()).contains(backends.minimal().get("LYVE_ENDPOINT"));
        assertThat(worker.log()).doesNotContain(backends.minimal().get("LYVE_SECRET_KEY"));
        assertThat(status)
                .containsEntry("progress", "100.0")
                .containsEntry("attempt", "1")
                .containsKeys(
                        "download_mb_per_second",
                        "upload_mb_per_second",
                        "encode_speed",
                        "cpu_seconds",
                        "peak_memory_bytes")
                .doesNotContainKeys("error", "error_code");
    }

    @Test
    void test2WhatCannotBeDoneFailsAndTheNextJobIsDone() throws IOException {
        Path film = Films.make(320, 180, 2);
        byte[] whole = Files.readAllBytes(film);
        Path half = Files.write(Files.createTempFile("half", ".mp4"), Arrays.copyOf(whole, whole.length / 2));
        backends.bucket.add("in/film.mp4", film);
        backends.bucket.add("in/corrupted.mp4", half);

        backends.redis()
                .lpush(
                        "transcode_jobs",
                        Jobs.of(
                                "missing",
                                "in/no-such-film.mp4",
                                Jobs.ONE_RUNG,
                                "\"webhook_url\": \"" + SITE.url() + "\""),
                        Jobs.of("corrupted", "in/corrupted.mp4", Jobs.ONE_RUNG),
                        "this is no job",
                        Jobs.of("next", "in/film.mp4", Jobs.ONE_RUNG));

        backends.awaitStatus("next", "complete");
        await("webhook of a failure").until(() -> !SITE.hooks("missing").isEmpty());
        JsonObject failure =
                JsonParser.parseString(SITE.hooks("missing").get(0).body()).getAsJsonObject();
        assertThat(failure.get("status").getAsString()).isEqualTo("failed");
        assertThat(failure.get("error").getAsString())
                .isEqualTo(backends.status("missing").get("error"));
        assertThat(backends.awaitEnd("missing"))
                .containsEntry("status", "failed")
                .containsEntry("error_code", "input_not_found")
                .containsEntry("attempt", "1")
                .hasEntrySatisfying("error", error -> assertThat(error).contains("in/no-such-film.mp4"));
        assertThat(backends.awaitEnd("corrupted"))
                .containsEntry("status", "failed")
                .containsKey("error_code")
                .hasEntrySatisfying("error", error -> assertThat(error).isNotBlank());
        assertThat(backends.bucket.below("out/corrupted")).isEmpty();
        assertThat(backends.redis().llen("transcode_jobs:malformed")).isEqualTo(1);
    }

    @Test
    void test2WrongCredentialsFailTheJobAndTheWorkerGoesOn() {
        backends.bucket.add("in/auth.mp4", Films.make(160, 120, 1));
        String[] settings = {"QUEUE_NAME", "auth", "LYVE_SECRET_KEY", "wrong-but-long-enough-to-sign"};
        try (WorkerProcess wrong = WorkerProcess.start("contract-auth", backends.settings(settings))
                .awaitReady()) {
            backends.redis()
                    .lpush(
                            "auth",
                            Jobs.of("auth-1", "in/auth.mp4", Jobs.ONE_RUNG),
                            Jobs.of("auth-2", "in/auth.mp4", Jobs.ONE_RUNG));

            for (String id : List.of("auth-1", "auth-2")) {
                assertThat(backends.awaitEnd(id))
                        .containsEntry("status", "failed")
                        .containsEntry("error_code", "s3_auth")
                        .hasEntrySatisfying("error", error -> assertThat(error).isNotBlank());
            }
            assertThat(wrong.isAlive()).isTrue();
            assertThat(wrong.log()).doesNotContain("wrong-but-long-enough-to-sign");
        }
        try (WorkerProcess right = WorkerProcess.start("contract-auth-right", backends.settings("QUEUE_NAME", "auth"))
                .awaitReady()) {
            backends.redis().lpush("auth", Jobs.of("auth-3", "in/auth.mp4", Jobs.ONE_RUNG));

            backends.awaitStatus("auth-3", "complete");
            assertThat(right.isAlive()).isTrue();
        }
    }

    @Test
    void test2ADiskTooSmallFailsTheJobAndTheNextIsDone() {
        backends.bucket.add("in/small.mp4", Films.make(320, 180, 2));
        String huge = "[{\"name\": \"180p\", \"height\": 180, \"bitrate\": \"300M\", \"audio_bitrate\": \"64k\"}]";
        try (SmallDisk disk = SmallDisk.of(64)) {
            backends.bucket.addHole("in/large.mp4", disk.freeBytes() / 2);
            String[] settings = {
                "QUEUE_NAME", "disk", "TRANSCODE_WORK_DIR", disk.path().toString()
            };
            try (WorkerProcess worker = WorkerProcess.start("contract-disk", backends.settings(settings))
                    .awaitReady()) {
                backends.redis()
                        .lpush(
                                "disk",
                                Jobs.of("disk-source", "in/large.mp4", Jobs.ONE_RUNG),
                                Jobs.of("disk-plan", "in/small.mp4", disk.isSmall() ? huge : Jobs.ONE_RUNG),
                                Jobs.of("disk-next", "in/small.mp4", Jobs.ONE_RUNG));

                backends.awaitStatus("disk-next", "complete");
                assertThat(backends.awaitEnd("disk-source"))
                        .containsEntry("status", "failed")
                        .containsEntry("error_code", "disk_full")
                        .hasEntrySatisfying("error", error -> assertThat(error).contains("in/large.mp4", "free"));
                if (disk.isSmall()) {
                    assertThat(backends.awaitEnd("disk-plan"))
                            .containsEntry("status", "failed")
                            .containsEntry("error_code", "disk_full")
                            .hasEntrySatisfying(
                                    "error", error -> assertThat(error).contains("free"));
                }
                assertThat(worker.isAlive()).isTrue();
            }
        }
    }

    @Test
    void test3AllFourRungsAreMadeAndTheirSizesFall() {
        backends.bucket.add("in/full.mp4", Films.make(1920, 1080, 2));
        backends.redis().lpush("transcode_jobs", Jobs.of("full", "in/full.mp4", Jobs.FULL_LADDER));

        backends.awaitStatus("full", "complete");

        Bucket bucket = backends.bucket;
        assertThat(List.of(
                        bucket.size("out/full/1080p.mp4"),
                        bucket.size("out/full/720p.mp4"),
                        bucket.size("out/full/480p.mp4"),
                        bucket.size("out/full/360p.mp4"),
                        1_000L))
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
        String master = bucket.text("out/full/master.m3u8");
        assertThat(master)
                .contains("RESOLUTION=1920x1080", "RESOLUTION=1280x720", "RESOLUTION=854x480", "RESOLUTION=640x360");
        assertWholeAndTyped("out/full", "1080p.mp4", "720p.mp4", "480p.mp4", "360p.mp4");
    }
}
