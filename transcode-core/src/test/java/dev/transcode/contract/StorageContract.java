package dev.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.Storage;
import dev.transcode.storage.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@link Storage} must do. An adapter's test extends this and says which storage and which bucket; the bucket is
 * empty, or each test's keys in it are.
 */
public abstract class StorageContract {
    private static final PutOptions PLAIN = PutOptions.of("application/octet-stream", "no-store");
    private static final int LARGE = 8 << 20;

    @TempDir
    Path local;

    /** The storage under test; the same one throughout a test. */
    protected abstract Storage storage();

    /** A bucket that exists. */
    protected abstract String bucket();

    /** Whether the store can hold such a key on this machine; most can hold any. */
    protected boolean canHold(String key) {
        return !key.isEmpty();
    }

    @Test
    void anObjectPutIsThereWholeWithItsSize() throws IOException {
        ObjectInfo put = put("a/b/c.txt", "hello", PLAIN);

        assertThat(put.bytes()).isEqualTo(5);
        assertThat(storage().stat(ref("a/b/c.txt"))).contains(put);
        assertThat(read("a/b/c.txt")).isEqualTo("hello");
    }

    @Test
    void anEmptyObjectIsAnObject() throws IOException {
        assertThat(put("empty", "", PLAIN).bytes()).isZero();
        assertThat(read("empty")).isEmpty();
    }

    @Test
    void aLargeObjectComesBackUnchanged() throws IOException {
        byte[] bytes = new byte[LARGE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) * 7);
        }
        Path file = Files.write(local.resolve("large"), bytes);

        long[] sent = new long[2];
        storage()
                .put(
                        ref("large"),
                        file,
                        PLAIN,
                        (done, total) -> {
                            synchronized (sent) {
                                sent[0] = Math.max(sent[0], done);
                                sent[1] = total;
                            }
                        },
                        new Cancellation());
        assertThat(sent).containsExactly(LARGE, LARGE);

        long[] seen = new long[2];
        Path fetched = storage()
                .fetch(
                        ref("large"),
                        folder("in"),
                        (done, total) -> {
                            seen[0] = Math.max(seen[0], done);
                            seen[1] = total;
                        },
                        new Cancellation());
        assertThat(Files.mismatch(fetched, file)).isEqualTo(-1);
        assertThat(seen).containsExactly(LARGE, LARGE);
    }

    @Test
    void whatIsMissingIsSaidToBeMissing() {
        assertThat(storage().stat(ref("no/such"))).isEmpty();
        assertThat(storage().list(bucket(), "no/")).isEmpty();
        storage().delete(bucket(), List.of("no/such", "neither"));
        assertThat(codeOf(() -> fetch("no/such"))).isEqualTo(FailureCode.INPUT_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 0123456789", "0, 1, 0", "3, 4, 3456", "9, 1, 9", "4, 100, 456789"})
    void aPartIsReadAlone(long offset, long length, String part) throws IOException {
        put("digits", "0123456789", PLAIN);

        try (InputStream in = storage().read(ref("digits"), offset, length)) {
            assertThat(in.readAllBytes()).asString().isEqualTo(part);
        }
    }

    @Test
    void aPartOfALargeObjectCanBeLeftHalfRead() throws IOException {
        byte[] bytes = new byte[LARGE];
        new Random(3).nextBytes(bytes);
        Path file = Files.write(local.resolve("large"), bytes);
        storage().put(ref("large"), file, PLAIN, new Cancellation());

        for (int i = 0; i < 20; i++) {
            try (InputStream in = storage().read(ref("large"), 1_000_000L * (i % 5), LARGE / 2)) {
                assertThat(in.readNBytes(1_000))
                        .isEqualTo(Arrays.copyOfRange(bytes, 1_000_000 * (i % 5), 1_000_000 * (i % 5) + 1_000));
            }
        }
        try (InputStream in = storage().read(ref("large"), 1, LARGE - 2)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 1, LARGE - 1));
        }
    }

    @Test
    void aPartOfWhatIsMissingIsNotFound() {
        assertThat(codeOf(() -> storage().read(ref("no/such"), 0, 1).close())).isEqualTo(FailureCode.INPUT_NOT_FOUND);
    }

    @Test
    void aFailedFetchLeavesNothingInItsDirectory() throws IOException {
        Path directory = folder("in");

        assertThatThrownBy(() -> storage().fetch(ref("no/such"), directory, TransferListener.NONE, new Cancellation()))
                .isInstanceOf(TranscodeException.class);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aBucketThatDoesNotExistIsNotMade() throws IOException {
        Path file = write("x");
        ObjectRef object = new ObjectRef("no-such-bucket-7f3a", "x");

        for (int i = 0; i < 2; i++) {
            assertThat(codeOf(() -> storage().put(object, file, PLAIN, new Cancellation())))
                    .isEqualTo(FailureCode.NO_SUCH_BUCKET);
        }
    }

    @Test
    void putReplacesContentAndTag() throws IOException {
        ObjectInfo first = put("x", "one", PLAIN);
        ObjectInfo second = put("x", "two", PLAIN);

        assertThat(second.etag()).isNotEqualTo(first.etag());
        assertThat(read("x")).isEqualTo("two");
        assertThat(storage().stat(ref("x"))).contains(second);
    }

    @Test
    void theSameFileCanBePutTwice() throws IOException {
        Path file = write("same");
        storage().put(ref("x"), file, PLAIN, new Cancellation());
        ObjectInfo again = storage().put(ref("x"), file, PLAIN, new Cancellation());
        storage().put(ref("y"), file, PLAIN, new Cancellation());

        assertThat(storage().stat(ref("x"))).contains(again);
        assertThat(storage().list(bucket(), "")).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void aReaderSeesTheOldOrTheNewObjectNeverAPart() throws Exception {
        Path[] versions = {write("a".repeat(30_000)), write("b".repeat(70_000))};
        storage().put(ref("x"), versions[0], PLAIN, new Cancellation());
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; !stop.get(); i++) {
                    storage().put(ref("x"), versions[i % 2], PLAIN, new Cancellation());
                }
            });
            for (int i = 0; i < 40; i++) {
                String text = read("x");
                assertThat(text).matches("a{30000}|b{70000}");
                assertThat(storage().stat(ref("x")).orElseThrow().bytes()).isIn(30_000L, 70_000L);
            }
            stop.set(true);
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void metadataComesBackWithItsObjectAndGoesWithIt() throws IOException {
        Map<String, String> metadata = Map.of("transcode-job", "job_1", "transcode-keep", "r-00000000-1 r-00000000-2");
        PutOptions marked = new PutOptions("text/plain", "no-store", metadata, Optional.empty());

        put("x", "text", marked);
        assertThat(storage().stat(ref("x")).orElseThrow().metadata()).isEqualTo(metadata);
        put("x", "text", PLAIN);
        assertThat(storage().stat(ref("x")).orElseThrow().metadata()).isEmpty();
        put("x", "other", marked);
        storage().delete(bucket(), List.of("x"));
        put("x", "other", PLAIN);
        assertThat(storage().stat(ref("x")).orElseThrow().metadata()).isEmpty();
    }

    @Test
    void oneFileUnderTwoKeysHasTheMetadataOfEach() throws IOException {
        Path file = write("shared");
        for (String name : List.of("x", "y")) {
            storage()
                    .put(
                            ref(name),
                            file,
                            new PutOptions("text/plain", "no-store", Map.of("name", name), Optional.empty()),
                            new Cancellation());
        }
        storage().put(ref("z"), fetch("x"), PLAIN, new Cancellation());

        assertThat(storage().stat(ref("x")).orElseThrow().metadata()).containsExactly(Map.entry("name", "x"));
        assertThat(storage().stat(ref("y")).orElseThrow().metadata()).containsExactly(Map.entry("name", "y"));
        assertThat(storage().stat(ref("z")).orElseThrow().metadata()).isEmpty();
    }

    @Test
    void putIfAbsentFailsWhereSomethingIs() throws IOException {
        put("x", "first", onlyIf(Optional.empty()));

        assertThat(codeOf(() -> put("x", "second", onlyIf(Optional.empty())))).isEqualTo(FailureCode.PUBLISH_CONFLICT);
        assertThat(read("x")).isEqualTo("first");
    }

    @Test
    void putIfUnchangedFailsAfterAChange() throws IOException {
        String first = put("x", "first", PLAIN).etag();
        String second = put("x", "second", onlyIf(Optional.of(first))).etag();

        assertThat(codeOf(() -> put("x", "third", onlyIf(Optional.of(first))))).isEqualTo(FailureCode.PUBLISH_CONFLICT);
        assertThat(read("x")).isEqualTo("second");
        storage().delete(bucket(), List.of("x"));
        assertThat(codeOf(() -> put("x", "third", onlyIf(Optional.of(second)))))
                .isEqualTo(FailureCode.PUBLISH_CONFLICT);
        assertThat(storage().stat(ref("x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyConditionalPutsAtOnceOneWins(boolean absent) throws Exception {
        Optional<String> before =
                absent ? Optional.empty() : Optional.of(put("x", "old", PLAIN).etag());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<FailureCode>> puts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String text = "new " + i;
                puts.add(threads.submit(() -> codeOf(() -> put("x", text, onlyIf(before)))));
            }
            List<FailureCode> lost = new ArrayList<>();
            for (Future<FailureCode> put : puts) {
                Optional.ofNullable(put.get()).ifPresent(lost::add);
            }
            assertThat(lost).hasSize(7).containsOnly(FailureCode.PUBLISH_CONFLICT);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void listGivesTheKeysThatStartWithThePrefix() throws IOException {
        for (String key : List.of("p/r-1/a", "p/r-1/b/c", "p/r-12/a", "p/s", "q/r-1/a")) {
            put(key, key, PLAIN);
        }

        assertThat(storage().list(bucket(), "p/r-1/")).containsExactlyInAnyOrder("p/r-1/a", "p/r-1/b/c");
        assertThat(storage().list(bucket(), "p/r-1")).containsExactlyInAnyOrder("p/r-1/a", "p/r-1/b/c", "p/r-12/a");
        assertThat(storage().list(bucket(), "")).hasSize(5);
    }

    @Test
    void deleteRemovesWhatIsNamedAndNothingElse() throws IOException {
        for (String key : List.of("p/a", "p/ab", "p/b/c")) {
            put(key, key, PLAIN);
        }

        storage().delete(bucket(), List.of("p/a", "p/b/c", "p/missing", "p"));

        assertThat(storage().list(bucket(), "")).containsExactly("p/ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space/and more .mp4",
                "Größe/日本語/🎬.m3u8",
                "a+b&c=d%20e#f?g",
                "-dash/~tilde/'quote'",
                "LONG"
            })
    void anyKeyIsTakenAsItIs(String name) throws IOException {
        String key = name.equals("LONG") ? longestKey() : name;
        assumeTrue(canHold(key));

        put(key, "content", PLAIN);

        assertThat(read(key)).isEqualTo("content");
        assertThat(storage().list(bucket(), "")).containsExactly(key);
        storage().delete(bucket(), List.of(key));
        assertThat(storage().stat(ref(key))).isEmpty();
    }

    @Test
    void aCancelledTransferEndsWithTheReasonAndLeavesNothing() throws IOException {
        Path file = Files.write(local.resolve("large"), new byte[LARGE]);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel(Failure.of(FailureCode.TIME_LIMIT, "too late"));

        assertThat(codeOf(() -> storage().put(ref("p/x"), file, PLAIN, cancelled)))
                .isEqualTo(FailureCode.TIME_LIMIT);
        assertThat(storage().list(bucket(), "")).isEmpty();

        storage().put(ref("p/x"), file, PLAIN, new Cancellation());
        Path directory = folder("in");
        assertThat(codeOf(() -> storage().fetch(ref("p/x"), directory, TransferListener.NONE, cancelled)))
                .isEqualTo(FailureCode.TIME_LIMIT);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPutWithoutItsFileFailsAndLeavesTheOldObject() throws IOException {
        put("x", "old", PLAIN);

        assertThatThrownBy(() -> storage().put(ref("x"), local.resolve("gone"), PLAIN, new Cancellation()))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("gone");

        assertThat(read("x")).isEqualTo("old");
    }

    private static String longestKey() {
        byte[] key = new byte[1_024];
        Arrays.fill(key, (byte) 'k');
        for (int i = 200; i < key.length; i += 201) {
            key[i] = '/';
        }
        return new String(key, StandardCharsets.US_ASCII);
    }

    private static PutOptions onlyIf(Optional<String> etag) {
        return new PutOptions("text/plain", "no-store", Map.of(), Optional.of(new PutOptions.Condition(etag)));
    }

    private ObjectRef ref(String key) {
        return new ObjectRef(bucket(), key);
    }

    private ObjectInfo put(String key, String text, PutOptions options) throws IOException {
        return storage().put(ref(key), write(text), options, new Cancellation());
    }

    private Path fetch(String key) throws IOException {
        return storage().fetch(ref(key), folder("in"), TransferListener.NONE, new Cancellation());
    }

    private String read(String key) throws IOException {
        return Files.readString(fetch(key));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(local, "put-", ""), text);
    }

    private Path folder(String name) throws IOException {
        return Files.createTempDirectory(local, name);
    }

    /** The code it fails with; null if it succeeds. */
    private static FailureCode codeOf(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (TranscodeException e) {
            return e.failure().code();
        } catch (Throwable e) {
            throw new AssertionError("not a TranscodeException", e);
        }
    }
}
