package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.storage.TransferListener;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.Gate.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a store that breaks, stalls, slows down, changes the object or knows no ranges. */
@Timeout(60)
class S3FaultIT extends S3ServerCase {
    private static final int LARGE = 40 << 20;

    @Test
    void aBrokenDownloadGoesOnAfterTheLastByte() throws IOException {
        Path file = file(LARGE);
        put(direct(), "x", file);
        AtomicInteger gets = new AtomicInteger();
        Gate gate = server.gate(r -> gets.incrementAndGet() <= 5 ? Action.PASS.cut(3_000_000) : Action.PASS);
        AtomicLong most = new AtomicLong();

        Path fetched = behind(gate)
                .fetch(ref("x"), folder(), (done, total) -> most.accumulateAndGet(done, Math::max), new Cancellation());

        assertThat(fetched).hasSameBinaryContentAs(file);
        assertThat(most).hasValue(LARGE);
        // Three ranges and one more request for each cut, each after what had arrived (a reset may lose some of it).
        assertThat(gate.seen()).hasSize(8);
        long asked = gate.seen().stream().mapToLong(r -> rangeLength(r)).sum();
        assertThat(asked).isLessThan(LARGE + 5 * (16L << 20) - 5_000_000);
    }

    @Test
    void aSmallObjectIsOneRequest() throws IOException {
        put(direct(), "x", file(1_000_000));
        put(direct(), "empty", file(0));
        Gate gate = server.gate(r -> Action.PASS);

        assertThat(fetch(behind(gate), "x")).hasSize(1_000_000);
        assertThat(gate.seen()).hasSize(1);
        assertThat(fetch(behind(gate), "empty")).isEmptyFile();
    }

    @Test
    void aServerWithoutRangesIsReadInOneGoAndSkipsAfterABreak() throws IOException {
        Path file = file(20 << 20);
        byte[] bytes = Files.readAllBytes(file);
        AtomicInteger gets = new AtomicInteger();
        Gate gate = server.gate(r -> {
            Action whole = Action.answer(200, "ETag: \"v1\"\r\n", bytes);
            return gets.incrementAndGet() == 1 ? whole.cut(18 << 20) : whole;
        });

        assertThat(fetch(behind(gate), "x")).hasSameBinaryContentAs(file);
        assertThat(gate.seen()).hasSize(2);
    }

    @Test
    void anObjectThatChangesOnTheWayIsNeverHalfOldHalfNew() throws IOException {
        put(direct(), "x", file(LARGE));
        Path other = file(LARGE + 1);
        AtomicInteger gets = new AtomicInteger();
        Gate gate = server.gate(r -> {
            if (gets.incrementAndGet() == 2) {
                put(direct(), "x", other);
            }
            return Action.PASS;
        });
        Path directory = folder();

        Failure failure =
                failure(() -> behind(gate).fetch(ref("x"), directory, TransferListener.NONE, new Cancellation()));

        assertThat(failure.code()).isEqualTo(FailureCode.CHECKSUM_MISMATCH);
        assertThat(failure.message()).contains("changed while it was read");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aServerThatIgnoresIfMatchIsFoundOutByItsTag() throws IOException {
        AtomicInteger gets = new AtomicInteger();
        byte[] half = "12345".getBytes(StandardCharsets.US_ASCII);
        Gate gate = server.gate(r -> {
            int n = gets.incrementAndGet();
            String range = "Content-Range: bytes " + (n == 1 ? "0-4" : "5-9") + "/10\r\n";
            return Action.answer(206, "ETag: \"v" + n + "\"\r\n" + range, half);
        });

        assertThat(code(() -> fetch(behind(gate), "x"))).isEqualTo(FailureCode.CHECKSUM_MISMATCH);
        assertThat(gate.seen()).hasSize(2);
        assertThat(gate.seen().get(1).headers())
                .containsEntry("if-match", "\"v1\"")
                .containsEntry("range", "bytes=5-9");
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown", "500, InternalError", "503, ServiceUnavailable"})
    void whatPassesByItselfIsWaitedFor(int status, String said) throws IOException {
        Path file = file(1000);
        AtomicInteger requests = new AtomicInteger();
        Gate gate = server.gate(r -> requests.incrementAndGet() % 3 != 0 ? Action.error(status, said) : Action.PASS);
        S3Storage storage = behind(gate);

        put(storage, "x", file);

        assertThat(storage.stat(ref("x"))).isPresent();
        assertThat(fetch(storage, "x")).hasSameBinaryContentAs(file);
        assertThat(storage.list(BUCKET, "")).containsExactly("x");
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, SLOW_DOWN",
        "429, TooManyRequests, SLOW_DOWN",
        "503, '', S3_5XX",
        "500, InternalError, S3_5XX",
        "502, '', S3_5XX"
    })
    void whatDoesNotPassIsReportedAfterAFewTries(int status, String said, FailureCode code) {
        Gate gate = server.gate(r -> said.isEmpty()
                ? Action.answer(
                        status, "Content-Type: text/html\r\n", "<html>busy</html>".getBytes(StandardCharsets.UTF_8))
                : Action.error(status, said));

        Failure failure = failure(() -> behind(gate).list(BUCKET, ""));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains("HTTP " + status).contains("cannot list bucket/");
        assertThat(gate.seen()).hasSize(4);
    }

    @Test
    void aRefusalIsNotRepeated() throws IOException {
        Path file = file(10);
        Gate gate = server.gate(r -> Action.error(400, "KeyTooLongError"));

        assertThat(code(() -> put(behind(gate), "x", file))).isEqualTo(FailureCode.INVALID_JOB);
        assertThat(gate.seen()).hasSize(1);
    }

    @Test
    void aLineThatKeepsBreakingIsGivenUp() throws IOException {
        put(direct(), "x", file(1000));
        for (int bytes : new int[] {0, 100, 600}) {
            Gate gate = server.gate(r -> Action.PASS.cut(bytes));

            assertThat(code(() -> behind(gate).list(BUCKET, ""))).isEqualTo(FailureCode.RESET);
            assertThat(gate.seen()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingEndsASilentTransferAtOnce(boolean fetch) throws Exception {
        put(direct(), "x", file(LARGE));
        Path file = file(LARGE);
        CountDownLatch silent = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        Gate gate = server.gate(r -> {
            if (requests.incrementAndGet() < 3) {
                return Action.PASS;
            }
            silent.countDown();
            return Action.SILENCE;
        });
        Cancellation cancellation = new Cancellation();
        Path directory = folder();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<FailureCode> ended = thread.submit(() -> code(() -> {
                if (fetch) {
                    behind(gate).fetch(ref("x"), directory, TransferListener.NONE, cancellation);
                } else {
                    behind(gate).put(ref("y"), file, PLAIN, cancellation);
                }
            }));
            assertThat(silent.await(20, TimeUnit.SECONDS)).isTrue();
            gate.rule(r -> Action.PASS);
            long before = System.nanoTime();
            cancellation.cancel(Failure.of(FailureCode.TIME_LIMIT, "too late"));

            assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(FailureCode.TIME_LIMIT);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        } finally {
            thread.shutdownNow();
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(direct().list(BUCKET, "y")).isEmpty();
        assertThat(S3UploadIT.uploads(server)).isEmpty();
    }

    @Test
    void anInterruptEndsATransfer() throws Exception {
        put(direct(), "x", file(LARGE));
        CountDownLatch silent = new CountDownLatch(1);
        Gate gate = server.gate(r -> {
            silent.countDown();
            return Action.SILENCE;
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<List<Object>> ended = thread.submit(() -> List.<Object>of(
                code(() -> fetch(behind(gate), "x")), Thread.currentThread().isInterrupted()));
        assertThat(silent.await(20, TimeUnit.SECONDS)).isTrue();
        thread.shutdownNow();

        assertThat(ended.get(5, TimeUnit.SECONDS)).containsExactly(FailureCode.CANCELLED, true);
    }

    private static long rangeLength(Gate.Request request) {
        String[] range = request.headers().get("range").replace("bytes=", "").split("-", 2);
        return Math.min(LARGE, Long.parseLong(range[1]) + 1) - Long.parseLong(range[0]);
    }
}
