package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.transcode.job.JobId;
import dev.transcode.job.JobJson;
import dev.transcode.job.JobOutput;
import dev.transcode.queue.Beat;
import dev.transcode.queue.Claim;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.Lease;
import dev.transcode.queue.Outcome;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.Taken;
import dev.transcode.queue.redis.testing.TestRedis;
import dev.transcode.storage.s3.fixture.TestS3Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the queue on a real Redis, and {@code upload} on an S3 server that checks signatures. */
class QueueCommandsIT {
    private static TestRedis redis;
    private static TestS3Server s3;

    @TempDir
    private Path temp;

    @BeforeAll
    static void startServers() {
        redis = TestRedis.open();
        s3 = TestS3Server.start("media");
    }

    @AfterAll
    static void stopServers() {
        redis.close();
        s3.close();
    }

    @Test
    void aJobGoesFromSubmitToItsStatus() throws Exception {
        Thread worker = new Thread(() -> work("films", List.of(new JobOutput("hls", "films/1/master.m3u8"))));
        worker.start();

        CommandRun run = run(
                "submit",
                "--queue=films",
                "--id=a",
                "--input=in/film.mp4",
                "--output=films/1",
                "--wait",
                "--timeout=20s");
        worker.join();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("a\na  complete\n").contains("hls         films/1/master.m3u8");
        assertThat(run.err()).contains("50.0 %  encode   2.00x");
        assertThat(run("status", "a", "--json").out())
                .contains("\"encode_speed\": 2.5", "\"source\": \"media/in/film.mp4\"")
                .doesNotContain("token");
        assertThat(run("list", "--status=complete").out()).containsPattern("(?m)^a +complete ");
        assertThat(run("cancel", "a").code()).isEqualTo(1);
        assertThat(run("retry", "a").code()).isEqualTo(1);
    }

    @Test
    void aWaitingJobIsCancelledRetriedAndCounted() {
        assertThat(run("submit", "--queue=quiet", "--id=b", "--input=film.mp4").code())
                .isZero();
        assertThat(run("submit", "--queue=quiet", "--id=b", "--input=film.mp4").code())
                .isEqualTo(1);
        assertThat(run("queue", "--queue=quiet,other").out())
                .contains("quiet        1        0")
                .contains("other        0        0");
        assertThat(run("cancel", "b").out()).isEqualTo("job b is cancelled\n");
        assertThat(run("status", "b").code()).isEqualTo(1);
        assertThat(run("retry", "b").out()).isEqualTo("job b is queued again\n");
        assertThat(run("status", "b").out()).startsWith("b  queued\n");
        assertThat(run("status", "nobody").code()).isEqualTo(5);
    }

    @Test
    void aFileIsUploadedAndWrongKeysAreRefused() throws Exception {
        byte[] bytes = new byte[40_000_000]; // three parts
        new Random(1).nextBytes(bytes);
        Path film = Files.write(temp.resolve("film.mp4"), bytes);

        CommandRun run = run("upload", film.toString(), "in/");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("s3://media/in/film.mp4\n");
        assertThat(run.err()).contains(" % ").contains("40.0 MB in ");
        assertThat(run("upload", film.toString(), "s3://no-such-bucket/x").code())
                .isEqualTo(5);
        Map<String, String> env = environment();
        env.put("LYVE_SECRET_KEY", "wrong-secret");
        CommandRun refused = run(env, "upload", film.toString(), "in/");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("[s3_auth]").doesNotContain("wrong-secret");
    }

    @Test
    void whatCannotBeReachedEndsWithSixtyNine() {
        Map<String, String> env = environment();
        env.put("REDIS_URL", "redis://:hunter2@127.0.0.1:1");
        CommandRun run = run(env, "list");
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("[queue_unavailable]").doesNotContain("hunter2");
        env.put("LYVE_ENDPOINT", "http://127.0.0.1:1");
        assertThat(run(env, "upload", film().toString(), "x").code()).isEqualTo(69);
    }

    @Test
    void aWrongPasswordEndsWithFourAndAMissingSettingWithTwo() {
        Map<String, String> env = environment();
        env.put("REDIS_URL", env.get("REDIS_URL").replace("redis://", "redis://nobody:hunter2@"));
        CommandRun run = run(env, "status", "a", "--json");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).contains("\"error_code\": \"queue_refused\"").doesNotContain("hunter2");
        env.remove("REDIS_URL");
        env.remove("LYVE_ENDPOINT");
        assertThat(run(env, "queue").code()).isEqualTo(2);
        assertThat(run(env, "queue").err()).contains("REDIS_URL (or UPSTASH_REDIS_URL) is not set");
        assertThat(run(env, "upload", film().toString(), "x").err()).contains("LYVE_ENDPOINT (or S3_ENDPOINT");
    }

    @Test
    void serveDeliversTheWebhookOfAJobsEndAndOnceMoreOnDemand() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        site.start();
        String hook = "--webhook=http://127.0.0.1:" + site.getAddress().getPort() + "/hook";
        CommandRun submitted = run("submit", "--queue=hooks", "--id=hooked", "--input=film.mp4", hook);
        assertThat(submitted.code()).as(submitted.err()).isZero();
        work("hooks", List.of(new JobOutput("hls", "films/1/master.m3u8"))); // This worker ends before it delivers.
        assertThat(run("status", "hooked").out()).startsWith("hooked  complete");
        assertThat(received).isEmpty();

        ProcessBuilder serve = new ProcessBuilder(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("transcode.cli.jar"),
                "serve",
                "--port=0",
                "--json");
        serve.environment().putAll(environment());
        serve.environment().put("TRANSCODE_WEBHOOK_ALLOW_PRIVATE", "true");
        Process process = serve.redirectErrorStream(true)
                .redirectOutput(temp.resolve("serve.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 1);
            assertThat(received.get(0)).contains("\"job_id\":\"hooked\"", "\"status\":\"complete\"");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(run("status", "hooked").out()).containsPattern("delivery +.*204"));

            CommandRun resent = run("webhook", "resend", "hooked");

            assertThat(resent.code()).as(resent.err()).isZero();
            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 2);
            assertThat(received.get(1)).isEqualTo(received.get(0));
        } finally {
            process.destroyForcibly().waitFor();
            site.stop(0);
        }
    }

    private static Path film() {
        return Path.of("pom.xml");
    }

    /** Takes one job and completes it. */
    private static void work(String queue, List<JobOutput> outputs) {
        try (QueueBackend backend = new ServerConnections(environment()).openQueue();
                JobQueue worker = backend.worker("worker-1", List.of(queue))) {
            Taken taken = worker.take(Duration.ofSeconds(20)).orElseThrow();
            JobId id = JobJson.readId(taken.payload().text()).orElseThrow();
            Lease lease = ((Claim.Owned) worker.claim(taken, id)).lease();
            assertThat(lease.payload()).isEqualTo(Payload.of(taken.payload().bytes()));
            worker.heartbeat(List.of(new Beat(lease, Map.of("stage", "encode", "progress", "50.0", "speed", "2.00"))));
            pauseSoThatItIsSeen();
            worker.finish(lease, new Outcome.Complete(outputs, Map.of("encode_speed", "2.50")));
        }
    }

    /** The command looks once a second at least. */
    private static void pauseSoThatItIsSeen() {
        try {
            Thread.sleep(2_500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> env = new HashMap<>();
        env.put("REDIS_URL", redis.uri());
        env.put("LYVE_ENDPOINT", s3.endpoint().toString());
        env.put("LYVE_ACCESS_KEY", TestS3Server.ACCESS_KEY);
        env.put("LYVE_SECRET_KEY", TestS3Server.SECRET_KEY);
        env.put("LYVE_BUCKET", "media");
        return env;
    }

    private static CommandRun run(String... args) {
        return run(environment(), args);
    }

    private static CommandRun run(Map<String, String> env, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new ServerConnections(env), new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
