package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import dev.transcode.storage.s3.fixture.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of a worker in every stage of a job. First one worker for each dies, each with a queue of its own; then one
 * worker comes that serves all these queues, and finds what they left.
 */
class KillIT {
    private static final String LADDER = """
            [{"name": "180p", "height": 180, "bitrate": "400k", "audio_bitrate": "64k"},
             {"name": "120p", "height": 120, "bitrate": "200k", "audio_bitrate": "64k"}]""";

    private static final Site SITE = new Site();
    private static final Map<Death, Hold> HOLDS = new EnumMap<>(Death.class);
    private static final Map<Death, WorkerProcess> DEAD = new EnumMap<>(Death.class);
    private static Backends backends;
    private static WorkerProcess rescuer;

    @BeforeAll
    static void killOneInEveryStage() {
        for (Death death : Death.values()) {
            HOLDS.put(death, new Hold());
        }
        backends = new Backends(KillIT::onS3);
        for (String script : List.of("claim", "finish")) {
            backends.redis().scriptLoad(RedisProxy.text(script)); // Or the first to use it must send it after all.
        }
        Path film = Films.make(320, 180, 30); // Long enough that FFmpeg is at work when its second segment is put.
        Path shortFilm = Films.make(320, 180, 3);
        for (Death death : Death.values()) {
            backends.bucket.add(source(death), death.whileEncoding ? film : shortFilm);
            die(death);
            backends.bucket.add(source(death), shortFilm); // The rescuer need not be slow.
        }
        String queues = Stream.of(Death.values()).map(Death::job).collect(Collectors.joining(","));
        Map<String, String> settings = settings(queues);
        settings.put("TRANSCODE_CONCURRENCY", "2");
        rescuer = WorkerProcess.start("kill-rescuer", settings);
    }

    private static Gate.Action onS3(Gate.Request request) {
        for (Death death : Death.values()) {
            if (death.isAt(request)) {
                return HOLDS.get(death).gate(death.requestArrives);
            }
        }
        return Gate.Action.PASS;
    }

    private static Map<String, String> settings(String queues) {
        return backends.settings("QUEUE_NAME", queues, "WEBHOOK_URL", SITE.url());
    }

    private static String source(Death death) {
        return "in/" + death.job() + ".mp4";
    }

    private static void die(Death death) {
        Hold hold = HOLDS.get(death);
        try (RedisProxy proxy =
                new RedisProxy(backends.redis.port(), command -> !death.isAt(command) || hold.admit())) {
            Map<String, String> settings = settings(death.job());
            settings.put("REDIS_URL", proxy.uri());
            String preset = death.whileEncoding ? "slow" : "ultrafast";
            String more = "\"segment_seconds\": 2, \"preset\": \"" + preset + "\"";
            backends.redis().lpush(death.job(), Jobs.of(death.job(), source(death), LADDER, more));
            WorkerProcess worker = WorkerProcess.start(death.job(), settings);
            DEAD.put(death, worker);
            if (death == Death.DURING_ENCODE) {
                worker.awaitEncoder();
            } else {
                hold.awaitCaught();
            }
            if (death.whileEncoding) {
                assertThat(worker.isEncoding()).as("FFmpeg runs %s", death).isTrue();
            }
            worker.freezeEncoder(); // So that it cannot have come to its end by itself.
            worker.kill();
            hold.decide(death.requestArrives);
            await("FFmpeg of " + death).until(() -> worker.tools().isEmpty());
        }
    }

    @AfterAll
    static void stop() {
        if (rescuer != null) {
            rescuer.close();
        }
        DEAD.values().forEach(WorkerProcess::close);
        SITE.close();
        backends.close();
    }

    @ParameterizedTest
    @EnumSource
    void theJobIsDoneOnce(Death death) {
        String id = death.job();
        String prefix = "out/" + id;

        Map<String, String> status = backends.awaitStatus(id, "complete");

        assertThat(status)
                .containsEntry("attempt", String.valueOf(death.claims))
                .doesNotContainKeys("error", "token");
        List<Map<String, String>> claims = backends.events("claimed", id);
        assertThat(claims).hasSize(death.claims);
        assertThat(backends.events("complete", id)).hasSize(1);
        assertThat(generations(id)).hasSize(1);

        await("clean-up")
                .until(() -> backends.bucket
                        .unreferenced(prefix, "180p.mp4", "120p.mp4")
                        .isEmpty());
        assertThat(backends.bucket.below(prefix))
                .containsAll(backends.bucket.reachable(prefix))
                .contains("180p.mp4", "120p.mp4");
        Map<String, String> published = claims.get(death.outputStands ? 0 : claims.size() - 1);
        assertThat(backends.bucket.liveRun(prefix)).endsWith("-" + published.get("fence"));
        assertThat(JsonParser.parseString(status.get("outputs")).getAsJsonArray())
                .hasSize(3);

        await("webhook")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !webhookIds(id).isEmpty());
        assertThat(webhookIds(id)).hasSize(1);
        assertNothingIsHeld(id);
    }

    private static Set<String> generations(String id) {
        Set<String> generations = new HashSet<>();
        for (Map<String, String> event : backends.events()) {
            if (event.get("job").equals(id) && event.containsKey("generation")) {
                generations.add(event.get("generation"));
            }
        }
        return generations;
    }

    private static Set<String> webhookIds(String id) {
        return SITE.hooks(id).stream().map(Site.Hook::id).collect(Collectors.toSet());
    }

    private static void assertNothingIsHeld(String queue) {
        assertThat(backends.redis().llen(queue)).isZero();
        assertThat(backends.redis().zcard(queue + ":leases")).isZero();
        assertThat(backends.redis().zcard(queue + ":delayed")).isZero();
        assertThat(backends.redis().hlen(queue + ":payloads")).isZero();
        assertThat(backends.redis().keys(queue + ":inbox:*")).isEmpty();
    }
}
