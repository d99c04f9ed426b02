package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.transcode.cli.serve.PlayServer;
import dev.transcode.queue.redis.testing.TestRedis;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.Gate.Action;
import dev.transcode.storage.s3.fixture.TestS3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code transcode doctor} on a real Redis, an S3 server that checks signatures and FFmpeg; each is spoilt on purpose. */
class DoctorCommandIT {
    @TempDir
    private Path temp;

    private static TestRedis redis;
    private static TestS3Server s3;
    private static HttpServer web;

    @BeforeAll
    static void startServers() throws IOException {
        redis = TestRedis.open();
        s3 = TestS3Server.start("media");
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/hook", exchange -> {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
        });
        web.createContext("/media/", exchange -> {
            byte[] bytes = Files.readAllBytes(
                    s3.file("media", exchange.getRequestURI().getPath().substring(7)));
            exchange.getResponseHeaders().add("Content-Type", "application/x-mpegURL");
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        web.start();
    }

    @AfterAll
    static void stopServers() {
        redis.close();
        s3.close();
        web.stop(0);
    }

    @Test
    void whereAllIsRightNothingFailsAndNothingIsLeft() throws IOException {
        Map<String, String> env = environment();
        env.put("WEBHOOK_URL", url() + "/hook?token=hunter2");
        env.put("TRANSCODE_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        env.put("TRANSCODE_PUBLIC_BASE_URL", url() + "/media");

        Checked checked = check(env);

        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.level("ffmpeg trial")).isEqualTo("ok");
        for (String name : List.of("redis", "redis version", "redis persistence", "redis memory")) {
            assertThat(checked.level(name)).as(name).isEqualTo("ok");
        }
        for (String name : List.of("s3 put", "s3 get", "s3 content type", "s3 range", "s3 clock", "s3 region")) {
            assertThat(checked.level(name)).as(name).isEqualTo("ok");
        }
        assertThat(checked.level("s3 public")).as(checked.seen("s3 public")).isEqualTo("ok");
        assertThat(checked.level("s3 delete")).isEqualTo("ok");
        assertThat(checked.level("webhook")).isEqualTo("ok");
        assertThat(checked.seen("s3 put")).contains("s3://media/transcoded/transcode-doctor-");
        assertThat(checked.out()).doesNotContain("hunter2", TestS3Server.SECRET_KEY, "MfKQ9r8GKYqr");
        assertThat(filesInBucket()).isEmpty();
    }

    @Test
    void withoutServersItSaysSoAndFailsNothing() {
        CommandRun run = run(Map.of());

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("skipped  redis              not configured: REDIS_URL is not set")
                .contains("skipped  s3                 not configured: LYVE_ENDPOINT is not set")
                .contains(" failed, ")
                .doesNotContain("\u001b");
    }

    @Test
    void aRedisThatForgetsIsTold() {
        try (TestRedis forgetful =
                TestRedis.open("--appendonly", "no", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
            Checked checked = check(Map.of("REDIS_URL", forgetful.uri()));

            assertThat(checked.code()).isEqualTo(1);
            assertThat(checked.level("redis persistence")).isEqualTo("warning");
            assertThat(checked.level("redis memory")).isEqualTo("failed");
            assertThat(checked.seen("redis memory")).contains("allkeys-lru", "of 104.9 MB");
        }
    }

    @Test
    void aQueueWithoutWorkersIsTold() {
        Map<String, String> env = environment();
        env.put("QUEUE_NAME", "lonely");
        StringWriter out = new StringWriter();
        Main.run(
                new ServerConnections(env),
                new PrintWriter(out),
                new PrintWriter(out),
                "submit",
                "--input=film.mp4",
                "--queue=lonely");

        Checked checked = check(env);

        assertThat(checked.level("redis queue")).isEqualTo("warning");
        assertThat(checked.seen("redis queue")).contains("lonely: 1 waiting", "nobody takes them");
    }

    @Test
    void oneServerThatIsAwayStopsNoOther() {
        Map<String, String> env = environment();
        env.put("REDIS_URL", "redis://:hunter2@127.0.0.1:1");

        Checked checked = check(env);

        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.level("redis")).isEqualTo("failed");
        assertThat(checked.level("s3 delete")).isEqualTo("ok");
        assertThat(checked.out()).doesNotContain("hunter2");
    }

    @Test
    void refusedCredentialsAreToldWithoutThem() {
        Map<String, String> env = environment();
        env.put("REDIS_URL", env.get("REDIS_URL").replace("redis://", "redis://nobody:hunter2@"));
        env.put("LYVE_SECRET_KEY", "hunter2-secret");

        Checked checked = check(env);

        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.seen("redis")).contains("refuses the user or password");
        assertThat(checked.seen("s3 put")).contains("SignatureDoesNotMatch");
        assertThat(checked.out()).doesNotContain("hunter2");
    }

    @Test
    void settingsThatAreMissingOrWrongAreNamed() {
        assertThat(check(Map.of("LYVE_ENDPOINT", "https://s3.example")).seen("s3"))
                .contains("LYVE_ACCESS_KEY (or S3_ACCESS_KEY");
        Checked unreadable = check(Map.of("REDIS_URL_FILE", "/no/such/file"));
        assertThat(unreadable.code()).isEqualTo(1);
        assertThat(unreadable.seen("settings")).contains("/no/such/file");
        Map<String, String> bucketless = environment();
        bucketless.remove("LYVE_BUCKET");
        assertThat(check(bucketless).level("s3 bucket")).isEqualTo("skipped");
    }

    @Test
    void aBucketThatIsNotThereIsAFailure() {
        Map<String, String> env = environment();
        env.put("LYVE_BUCKET", "no-such-bucket");

        assertThat(check(env).seen("s3 put")).contains("NoSuchBucket");
    }

    @Test
    void credentialsThatMayOnlyGetAndPutWillDo() throws IOException {
        Map<String, String> env = environment();
        env.put("LYVE_ENDPOINT", s3.getAndPutOnly().toString());

        Checked checked = check(env);

        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.level("s3 get")).isEqualTo("ok");
        assertThat(checked.level("s3 delete")).isEqualTo("warning");
        assertThat(checked.seen("s3 delete")).contains("it is left there");
        s3.empty("media");
    }

    @Test
    void aStoreOfAnotherTimeOrRegionIsAFailure() {
        Checked checked = checkGate(request -> request.method().equals("HEAD")
                ? Action.answer(
                        403, "Date: Sat, 01 Jan 2022 00:00:00 GMT\r\nx-amz-bucket-region: eu-west-1\r\n", new byte[0])
                : Action.PASS);

        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.level("s3 clock")).isEqualTo("failed");
        assertThat(checked.level("s3 region")).isEqualTo("failed");
        assertThat(checked.seen("s3 region")).contains("signed for us-east-1, the bucket is in eu-west-1");
    }

    @Test
    void withoutCorsPagesElsewhereCannotPlay() {
        assertThat(check(environment()).level("s3 cors")).isEqualTo("warning");
        Checked open = checkGate(request -> switch (request.method()) {
            case "OPTIONS" ->
                Action.answer(
                        200, "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: range\r\n", new byte[0]);
            case "GET" -> object(request, "application/x-mpegURL", "Access-Control-Allow-Origin: *\r\n");
            default -> Action.PASS;
        });
        assertThat(open.level("s3 cors")).as(open.seen("s3 cors")).isEqualTo("ok");
        Checked simpleOnly = checkGate(request -> switch (request.method()) {
            case "OPTIONS" -> Action.DENY;
            case "GET" -> object(request, "application/x-mpegURL", "Access-Control-Allow-Origin: *\r\n");
            default -> Action.PASS;
        });
        assertThat(simpleOnly.seen("s3 cors")).contains("no ranges", "403");
    }

    /** The gate answers ranges with the whole object. */
    @Test
    void aStoreThatForgetsTypesOrIgnoresRangesIsAWarning() {
        Checked checked = checkGate(
                request -> request.method().equals("GET") ? object(request, "binary/octet-stream", "") : Action.PASS);

        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.level("s3 content type")).isEqualTo("warning");
        assertThat(checked.seen("s3 content type")).contains("binary/octet-stream");
        assertThat(checked.level("s3 range")).isEqualTo("warning");
    }

    @Test
    void otherBytesThanWerePutAreAFailure() {
        Checked checked = checkGate(request -> request.method().equals("GET")
                ? Action.answer(200, "ETag: \"x\"\r\n", "changed".getBytes(StandardCharsets.UTF_8))
                : Action.PASS);

        assertThat(checked.level("s3 get")).isEqualTo("failed");
    }

    @Test
    void aPublicAddressThatShowsSomethingElseIsAWarning() {
        Map<String, String> env = environment();
        env.put("TRANSCODE_PUBLIC_BASE_URL", url() + "/nothing");

        Checked checked = check(env);

        assertThat(checked.level("s3 public")).isEqualTo("warning");
        assertThat(checked.seen("s3 public")).contains("/nothing/transcoded/transcode-doctor-", "answers 404");
    }

    @Test
    void whatNeverAnswersIsToldWithinHalfAMinute() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            Map<String, String> env = environment();
            env.put("REDIS_URL", "redis://" + address);
            env.put("LYVE_ENDPOINT", "http://" + address);
            env.put("WEBHOOK_URL", "http://" + address);
            long start = System.nanoTime();

            Checked checked = check(env);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            for (String name : List.of("redis", "s3", "webhook")) {
                assertThat(checked.level(name)).as(name).isEqualTo("failed");
            }
        }
    }

    /** Ours, served by {@code transcode play}: it must be good; without one of its segments it must not. */
    @Test
    void aPackageOfOursIsGoodForRokuAndBrowsers() throws Exception {
        Path film = Films.small(temp.resolve("film.mp4"), 9);
        Path out = temp.resolve("out");
        String ladder = "--ladder=180p:300k:64k,90p:100k:64k";
        CommandRun made = CommandRun.of("run", film.toString(), "-o", out.toString(), ladder, "--preset=ultrafast");
        assertThat(made.code()).as(made.err()).isZero();
        try (PlayServer server = PlayServer.start(out.resolve("master.m3u8"), 0)) {
            String url = server.url().resolve("/media/master.m3u8").toString();

            Checked good = check(Map.of(), "--url", url);

            assertThat(good.code()).as(good.out()).isZero();
            for (String name : List.of("content type", "addresses", "segments", "ranges", "cors", "roku rates")) {
                assertThat(good.level(name)).as(name).isEqualTo("ok");
            }
            assertThat(good.seen("roku codecs")).contains("it takes all 2 variants");
            Files.delete(find(out, "v-90p/s00001.m4s"));
            CommandRun bad = run(Map.of(), "--url", url);
            assertThat(bad.code()).isEqualTo(1);
            assertThat(bad.out()).contains("v-90p/s00001.m4s: HTTP 404");
        }
    }

    @Test
    void anAddressThatIsNoneIsAUsageError() {
        assertThat(run(Map.of(), "--url", "master.m3u8").code()).isEqualTo(2);
        assertThat(run(Map.of(), "--url", "ftp://x/master.m3u8").code()).isEqualTo(2);
    }

    private static Checked checkGate(Gate.Rule rule) {
        Map<String, String> env = environment();
        env.put("LYVE_ENDPOINT", s3.gate(rule).endpoint().toString());
        return check(env);
    }

    /** The object that was asked for, with headers of the test's choice. */
    private static Action object(Gate.Request request, String type, String headers) {
        String[] place = request.path().substring(1).split("/", 2);
        try {
            byte[] bytes = Files.readAllBytes(s3.file(place[0], place[1]));
            return Action.answer(200, "Content-Type: " + type + "\r\n" + headers, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path find(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(end)).findFirst().orElseThrow();
        }
    }

    private static List<Path> filesInBucket() throws IOException {
        try (Stream<Path> files = Files.walk(s3.file("media", ""))) {
            return files.filter(Files::isRegularFile).toList();
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

    private static String url() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    private static CommandRun run(Map<String, String> env, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new);
        int code = Main.run(new ServerConnections(env), new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(code, out.toString(), err.toString());
    }

    private static Checked check(Map<String, String> env, String... options) {
        String[] all = Stream.concat(Stream.of(options), Stream.of("--json")).toArray(String[]::new);
        CommandRun run = run(env, all);
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.get("ok").getAsBoolean()).isEqualTo(run.code() == 0);
        return new Checked(run.code(), run.out(), json);
    }

    private record Checked(int code, String out, JsonObject json) {
        String level(String name) {
            return line(name).get("level").getAsString();
        }

        String seen(String name) {
            return line(name).get("seen").getAsString();
        }

        private JsonObject line(String name) {
            for (JsonElement element : json.getAsJsonArray("checks")) {
                if (element.getAsJsonObject().get("name").getAsString().equals(name)) {
                    return element.getAsJsonObject();
                }
            }
            throw new AssertionError("no line '" + name + "' in " + out);
        }
    }
}
