package dev.transcode.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lettuce.core.ZAddArgs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of a worker when its jobs have ended and their webhooks are not delivered: the one is on its way and has no
 * answer, the other was refused and waits for its next try. A worker of another queue delivers both. (Killed before the
 * first try: {@link KillIT}, {@link Death#AFTER_FINISH}.)
 */
class WebhookKillIT {
    private static final String OUTBOX = "transcode:outbox";
    private static final Hold HELD = new Hold();
    private static final Site SITE = new Site(WebhookKillIT::answer);

    private static volatile boolean firstWorkerLives = true;
    private static Backends backends;
    private static WorkerProcess first;
    private static WorkerProcess rescuer;

    private static int answer(Site.Hook hook) {
        if (!firstWorkerLives) {
            return 200;
        }
        if (hook.body().contains("\"held\"")) {
            HELD.admit(); // Whoever would read the answer is dead when it comes.
        }
        return 503;
    }

    @BeforeAll
    static void killTheWorkerBetweenEndAndDelivery() {
        backends = new Backends();
        backends.bucket.add("in/film.mp4", Films.make(320, 180, 3));
        first = WorkerProcess.start("webhook-dead", settings("webhooks"));
        push("held");
        push("refused");
        HELD.awaitCaught();
        await("refused once")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log("refused").size() == 1);

        first.kill();

        firstWorkerLives = false;
        HELD.decide(true);
    }

    private static Map<String, String> settings(String queue) {
        return backends.settings("QUEUE_NAME", queue, "WEBHOOK_URL", SITE.url());
    }

    private static void push(String id) {
        backends.redis().lpush("webhooks", Jobs.of(id, "in/film.mp4", Jobs.ONE_RUNG));
    }

    @AfterAll
    static void stop() {
        if (rescuer != null) {
            rescuer.close();
        }
        first.close();
        SITE.close();
        backends.close();
    }

    @Test
    void anotherProcessDeliversWhatTheDeadOneOwed() {
        assertThat(backends.status("held")).containsEntry("status", "complete");
        assertThat(backends.status("refused")).containsEntry("status", "complete");
        assertThat(log("held")).isEmpty();
        assertThat(log("refused").get(0)).contains("try 1 ", "HTTP 503").contains(", again in ");
        String held = backends.status("held").get("webhook_event");
        String refused = backends.status("refused").get("webhook_event");
        assertThat(backends.redis().zrange(OUTBOX, 0, -1)).containsExactlyInAnyOrder(held, refused);
        double now = System.currentTimeMillis();
        assertThat(backends.redis().zscore(OUTBOX, held))
                .as("hidden from others for two minutes, in case its holder lives")
                .isBetween(now + 30_000, now + 120_000);

        rescuer = WorkerProcess.start("webhook-rescuer", settings("another"));

        awaitLog("refused", "try 2 ");
        assertThat(log("held")).isEmpty();
        backends.redis().zadd(OUTBOX, ZAddArgs.Builder.xx(), now, held); // The two minutes are over.
        awaitLog("held", "try 1 ");
        for (String id : List.of("held", "refused")) {
            List<Site.Hook> hooks = SITE.hooks(id);
            assertThat(hooks).hasSize(2);
            assertThat(hooks.stream().map(Site.Hook::body).collect(Collectors.toSet()))
                    .hasSize(1);
            JsonObject body = JsonParser.parseString(hooks.get(0).body()).getAsJsonObject();
            assertThat(hooks.stream().map(Site.Hook::id).collect(Collectors.toSet()))
                    .isEqualTo(Set.of(body.get("event_id").getAsString()));
            assertThat(body.get("status").getAsString()).isEqualTo("complete");
            assertThat(backends.events("complete", id)).hasSize(1);
            assertThat(backends.status(id)).containsEntry("attempt", "1");
        }
        assertThat(backends.redis().zcard(OUTBOX)).isZero();
    }

    private static List<String> log(String id) {
        return backends.redis().lrange("transcode:outbox-log:" + id, 0, -1);
    }

    private static void awaitLog(String id, String number) {
        await(id + " delivered")
                .atMost(Duration.ofSeconds(30))
                .until(() -> log(id).stream().anyMatch(line -> line.contains(number) && line.endsWith(", delivered")));
    }
}
