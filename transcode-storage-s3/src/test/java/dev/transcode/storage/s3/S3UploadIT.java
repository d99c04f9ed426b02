package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.TransferListener;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.Gate.Action;
import dev.transcode.storage.s3.fixture.TestS3Server;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads: parts, conditions, lost answers, and what a failure leaves behind. */
@Timeout(60)
class S3UploadIT extends S3ServerCase {
    private static final int LARGE = 40 << 20;

    @Test
    void aLargeFileGoesInPartsAndComesBackWhole() throws IOException {
        Path file = file(LARGE + 17);
        Gate gate = server.gate(r -> Action.PASS);

        ObjectInfo put = behind(gate).put(ref("x"), file, PLAIN, new Cancellation());

        assertThat(put.bytes()).isEqualTo(LARGE + 17);
        assertThat(gate.seen().stream().filter(r -> r.queryNames().contains("partNumber")))
                .hasSize(3);
        assertThat(fetch(direct(), "x")).hasSameBinaryContentAs(file);
    }

    @Test
    void aBrokenOrDamagedPartIsSentAgainAndNotTheWholeFile() throws IOException {
        Path file = file(LARGE);
        AtomicInteger parts = new AtomicInteger();
        Gate gate = server.gate(r -> {
            if (!r.queryNames().contains("partNumber")) {
                return Action.PASS;
            }
            return switch (parts.incrementAndGet()) {
                case 1 -> Action.PASS.cut(0);
                case 2 -> Action.error(503, "SlowDown");
                case 3 -> Action.error(400, "BadDigest");
                default -> Action.PASS;
            };
        });

        put(behind(gate), "x", file);

        assertThat(parts).hasValue(6);
        assertThat(fetch(direct(), "x")).hasSameBinaryContentAs(file);
        assertThat(uploads(server)).isEmpty();
    }

    @Test
    void aFailedUploadIsAbortedAndTheOldObjectStays() throws IOException {
        Path old = file(10);
        put(direct(), "x", old);
        Path file = file(LARGE);
        Gate gate = server.gate(
                r -> r.target().contains("partNumber=2") ? Action.error(400, "EntityTooLarge") : Action.PASS);

        assertThat(code(() -> put(behind(gate), "x", file))).isEqualTo(FailureCode.INVALID_JOB);

        assertThat(gate.seen()).anySatisfy(r -> assertThat(r.method()).isEqualTo("DELETE"));
        assertThat(uploads(server)).isEmpty();
        assertThat(fetch(direct(), "x")).hasSameBinaryContentAs(old);
        assertThat(direct().list(BUCKET, "")).containsExactly("x");
    }

    @Test
    void anAbortThatIsForbiddenOnlyWarns() throws IOException {
        Path file = file(LARGE);
        Gate gate = server.gate(r -> r.method().equals("DELETE")
                ? Action.DENY
                : r.target().contains("partNumber=2") ? Action.error(400, "EntityTooLarge") : Action.PASS);

        assertThat(code(() -> put(behind(gate), "x", file))).isEqualTo(FailureCode.INVALID_JOB);
        assertThat(uploads(server)).hasSize(1);
    }

    @Test
    void aLostAnswerToTheLastStepIsNoFailure() throws IOException {
        Path file = file(LARGE);
        AtomicInteger completions = new AtomicInteger();
        Gate gate = server.gate(r ->
                r.method().equals("POST") && r.queryNames().contains("uploadId") && completions.incrementAndGet() == 1
                        ? Action.PASS.cut(0)
                        : Action.PASS);

        ObjectInfo put = behind(gate).put(ref("x"), file, PLAIN, new Cancellation());

        assertThat(completions.get()).isGreaterThan(1);
        assertThat(put.bytes()).isEqualTo(LARGE);
        assertThat(fetch(direct(), "x")).hasSameBinaryContentAs(file);
    }

    @Test
    void theConditionGoesWithThePut() throws IOException {
        Gate gate = server.gate(r -> Action.PASS);
        ObjectInfo first = behind(gate).put(ref("m"), file(10), onlyIf(Optional.empty()), new Cancellation());
        behind(gate).put(ref("m"), file(11), onlyIf(Optional.of(first.etag())), new Cancellation());

        List<Map<String, String>> puts = headersOfPuts(gate);
        assertThat(puts.get(0)).containsEntry("if-none-match", "*");
        assertThat(puts.get(1)).containsEntry("if-match", "\"" + first.etag() + "\"");
    }

    /** Ceph's gateway: it compares If-Match with the tag as it is written. */
    @Test
    void aTagThatMatchesOnlyWithoutItsQuotesMatches() throws IOException {
        Gate gate = server.gate(
                r -> r.method().equals("PUT") && r.headers().get("if-match").startsWith("\"")
                        ? Action.error(412, "PreconditionFailed")
                        : Action.PASS);
        ObjectInfo first = direct().put(ref("m"), file(10), PLAIN, new Cancellation());
        ObjectInfo second = behind(gate).put(ref("m"), file(11), onlyIf(Optional.of(first.etag())), new Cancellation());

        assertThat(direct().stat(ref("m"))).contains(second);
        assertThat(headersOfPuts(gate))
                .extracting(headers -> headers.get("if-match"))
                .containsExactly("\"" + first.etag() + "\"", first.etag());
        assertThat(code(() ->
                        behind(gate).put(ref("m"), file(12), onlyIf(Optional.of(first.etag())), new Cancellation())))
                .isEqualTo(FailureCode.PUBLISH_CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(ints = {412, 404})
    void theStoreHasTheLastWordOnACondition(int status) throws IOException {
        Path file = file(10);
        Gate gate = server.gate(r -> r.method().equals("PUT")
                ? Action.error(status, status == 412 ? "PreconditionFailed" : "NoSuchKey")
                : Action.PASS);

        assertThat(code(() -> behind(gate).put(ref("m"), file, onlyIf(Optional.empty()), new Cancellation())))
                .isEqualTo(FailureCode.PUBLISH_CONFLICT);
        assertThat(headersOfPuts(gate)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "400, InvalidArgument", "400, InvalidRequest"})
    void aStoreWithoutConditionsIsLookedAtFirstAndRemembered(int status, String said) throws IOException {
        Gate gate = server.gate(
                r -> r.headers().containsKey("if-none-match") || r.headers().containsKey("if-match")
                        ? Action.error(status, said)
                        : Action.PASS);
        S3Storage storage = behind(gate);

        ObjectInfo first = storage.put(ref("m"), file(10), onlyIf(Optional.empty()), new Cancellation());
        Path other = file(11);
        storage.put(ref("n"), other, onlyIf(Optional.empty()), new Cancellation());

        assertThat(headersOfPuts(gate))
                .hasSize(3)
                .filteredOn(h -> h.containsKey("if-none-match"))
                .hasSize(1);
        assertThat(code(() -> storage.put(ref("m"), other, onlyIf(Optional.empty()), new Cancellation())))
                .isEqualTo(FailureCode.PUBLISH_CONFLICT);
        assertThat(storage.put(ref("m"), other, onlyIf(Optional.of(first.etag())), new Cancellation())
                        .bytes())
                .isEqualTo(11);
    }

    @Test
    void aConditionalPutWhoseAnswerWasLostIsOurs() throws IOException {
        AtomicInteger puts = new AtomicInteger();
        Gate gate = server.gate(
                r -> r.method().equals("PUT") && puts.incrementAndGet() == 1 ? Action.PASS.cut(0) : Action.PASS);
        PutOptions marked = new PutOptions(
                "text/plain",
                "no-store",
                Map.of("transcode-job", "job_1", "transcode-fence", "7"),
                Optional.of(new PutOptions.Condition(Optional.empty())));

        ObjectInfo put = behind(gate).put(ref("m"), file(10), marked, new Cancellation());

        assertThat(put.bytes()).isEqualTo(10);
        assertThat(direct().stat(ref("m"))).contains(put);
        Path file = file(11);
        puts.set(0);
        assertThat(code(() -> behind(gate).put(ref("m"), file, marked, new Cancellation())))
                .isEqualTo(FailureCode.PUBLISH_CONFLICT);
    }

    @Test
    void whatIsThereAfterwardsMustBeWhatWasSent() throws IOException {
        Path file = file(10);
        Gate gate = server.gate(r -> r.method().equals("HEAD")
                ? Action.answer(200, "ETag: \"other\"\r\nLast-Modified: Sun, 22 Nov 2026 19:00:00 GMT\r\n", new byte[9])
                : Action.PASS);

        assertThat(code(() -> put(behind(gate), "x", file))).isEqualTo(FailureCode.CHECKSUM_MISMATCH);
    }

    @Test
    void progressGrowsToTheEnd() throws IOException {
        List<Long> heard = new ArrayList<>();
        TransferListener listener = (done, total) -> {
            synchronized (heard) {
                heard.add(done);
            }
        };

        direct().put(ref("x"), file(LARGE), PLAIN, listener, new Cancellation());

        assertThat(heard).hasSize(3).contains((long) LARGE);
    }

    @Test
    void manyThreadsShareOneStorage() throws Exception {
        S3Storage storage = direct();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int n = i;
                all.add(threads.submit(() -> {
                    Path file = Files.writeString(local.resolve("f" + n), "content " + n);
                    put(storage, "many/" + n, file);
                    assertThat(fetch(storage, "many/" + n)).hasContent("content " + n);
                    return n;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> keys = storage.list(BUCKET, "many/");
        assertThat(keys).hasSize(200);
        storage.delete(BUCKET, keys);
        assertThat(storage.list(BUCKET, "")).isEmpty();
    }

    @Test
    void listsAndDeletesOfMoreThanAPage() throws IOException {
        for (int i = 0; i < 2100; i++) {
            Files.writeString(server.file(BUCKET, "n" + i + " +ä"), "x");
        }

        List<String> keys = direct().list(BUCKET, "n");
        assertThat(keys).hasSize(2100).doesNotHaveDuplicates().contains("n2099 +ä");
        direct().delete(BUCKET, keys);
        assertThat(direct().list(BUCKET, "")).isEmpty();
    }

    @Test
    void aStoreWithoutBatchesDeletesOneByOne() throws IOException {
        put(direct(), "x", file(1));
        Gate gate =
                server.gate(r -> r.queryNames().contains("delete") ? Action.error(501, "NotImplemented") : Action.PASS);

        behind(gate).delete(BUCKET, List.of("x", "missing"));

        assertThat(direct().list(BUCKET, "")).isEmpty();
    }

    @Test
    void aHundredMegabytesNeedLittleMemory() throws Exception {
        Path file = file(100_000_000);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RoundTrip.class.getName(),
                        server.endpoint().toString(),
                        BUCKET,
                        file.toString(),
                        folder().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("same");
    }

    static List<String> uploads(TestS3Server server) throws IOException {
        try (MinioAsyncClient client = MinioAsyncClient.builder()
                .endpoint(server.endpoint().toString())
                .region("us-east-1")
                .credentials(TestS3Server.ACCESS_KEY, TestS3Server.SECRET_KEY)
                .build()) {
            return client
                    .listMultipartUploads(
                            ListMultipartUploadsArgs.builder().bucket(BUCKET).build())
                    .join()
                    .result()
                    .uploads()
                    .stream()
                    .map(upload -> upload.objectName())
                    .toList();
        }
    }

    private static PutOptions onlyIf(Optional<String> etag) {
        return new PutOptions("text/plain", "no-store", Map.of(), Optional.of(new PutOptions.Condition(etag)));
    }

    private static List<Map<String, String>> headersOfPuts(Gate gate) {
        return gate.seen().stream()
                .filter(r -> r.method().equals("PUT"))
                .map(Gate.Request::headers)
                .toList();
    }
}
