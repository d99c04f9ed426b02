package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.TransferListener;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.TestS3Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: wrong credentials, missing things, and credentials that may only get and put. */
class S3AccessIT extends S3ServerCase {
    private static final String SECRET = "not-the-secret-9f8e7d";

    @ParameterizedTest
    @CsvSource({"test-access, SignatureDoesNotMatch", "nobody, InvalidAccessKeyId"})
    void wrongCredentialsAreSaidToBeWrongWhateverIsAsked(String accessKey, String said) throws IOException {
        put(direct(), "x", file(10));
        S3Storage wrong = with(S3Storage.builder().endpoint(server.endpoint()).credentials(accessKey, SECRET));
        Path file = file(10);
        List<ThrowingCallable> all = List.of(
                () -> wrong.stat(ref("x")),
                () -> wrong.stat(ref("missing")),
                () -> wrong.list(BUCKET, ""),
                () -> wrong.delete(BUCKET, List.of("x")),
                () -> fetch(wrong, "x"),
                () -> put(wrong, "y", file),
                () -> put(wrong, "y", file(20 << 20)),
                () -> wrong.put(ref("y"), file, absent(Map.of()), new Cancellation()));

        for (ThrowingCallable call : all) {
            Failure failure = failure(call);
            assertThat(failure.code()).isEqualTo(FailureCode.S3_AUTH);
            assertThat(failure.message()).contains(said).contains("127.0.0.1").doesNotContain(SECRET);
        }
        assertThat(direct().list(BUCKET, "")).containsExactly("x");
    }

    @Test
    void aMissingBucketIsSaidToBeMissing() throws IOException {
        S3Storage storage = direct();
        ObjectRef object = new ObjectRef("no-such-bucket", "x");
        Path file = file(10);
        Path large = file(20 << 20);
        List<ThrowingCallable> all = List.of(
                () -> storage.stat(object),
                () -> storage.list("no-such-bucket", ""),
                () -> storage.fetch(object, folder(), TransferListener.NONE, new Cancellation()),
                () -> storage.put(object, file, PLAIN, new Cancellation()),
                () -> storage.put(object, large, PLAIN, new Cancellation()),
                () -> storage.put(object, file, absent(Map.of()), new Cancellation()));

        for (ThrowingCallable call : all) {
            assertThat(code(call)).isEqualTo(FailureCode.NO_SUCH_BUCKET);
        }
        assertThat(server.file("no-such-bucket", "x")).doesNotExist();
    }

    @Test
    void aMissingInputSaysMissingOrDeniedAndNamesIt() throws IOException {
        Failure missing = failure(() -> fetch(direct(), "films/no such.mp4"));
        Failure denied = failure(() -> fetch(at(server.getAndPutOnly()), "films/no such.mp4"));

        assertThat(missing.code()).isEqualTo(FailureCode.INPUT_NOT_FOUND);
        assertThat(missing.message())
                .contains("bucket/films/no such.mp4")
                .contains("NoSuchKey")
                .contains("missing, or");
        assertThat(denied.code()).isEqualTo(FailureCode.INPUT_NOT_FOUND);
        assertThat(denied.message()).contains("AccessDenied").contains("missing, or");
    }

    @Test
    void getAndPutAreAllThatAJobNeeds() throws IOException {
        S3Storage storage = at(server.getAndPutOnly());
        Path small = file(1000);
        Path large = file(40 << 20);

        ObjectInfo put = storage.put(ref("a/small"), small, PLAIN, new Cancellation());
        put(storage, "a/large", large);

        assertThat(put.bytes()).isEqualTo(1000);
        assertThat(storage.stat(ref("a/small"))).contains(put);
        assertThat(storage.stat(ref("a/missing"))).isEmpty();
        assertThat(storage.list(BUCKET, "a/")).isEmpty();
        assertThatCode(() -> storage.delete(BUCKET, List.of("a/small"))).doesNotThrowAnyException();
        assertThat(fetch(storage, "a/small")).hasSameBinaryContentAs(small);
        assertThat(fetch(storage, "a/large")).hasSameBinaryContentAs(large);
    }

    @Test
    void aPublisherWithGetAndPutAloneSeesWhatItReplaces() throws IOException {
        S3Storage storage = at(server.getAndPutOnly());
        Path file = file(10);

        ObjectInfo first = storage.put(ref("m"), file, absent(Map.of("who", "me")), new Cancellation());

        assertThat(first.metadata()).containsExactly(Map.entry("who", "me"));
        assertThat(code(() -> storage.put(ref("m"), file, absent(Map.of()), new Cancellation())))
                .isEqualTo(FailureCode.PUBLISH_CONFLICT);
        PutOptions same = new PutOptions(
                "text/plain", "no-store", Map.of(), Optional.of(new PutOptions.Condition(Optional.of(first.etag()))));
        assertThat(storage.put(ref("m"), file(20), same, new Cancellation()).bytes())
                .isEqualTo(20);
    }

    @Test
    void whatMayNotEvenBePutIsAMatterOfCredentials() throws IOException {
        Gate gate = server.gate(r -> Gate.Action.DENY);
        Path file = file(10);

        Failure failure = failure(() -> put(behind(gate), "x", file));

        assertThat(failure.code()).isEqualTo(FailureCode.S3_AUTH);
        assertThat(failure.message()).startsWith("cannot put bucket/x at 127.0.0.1: AccessDenied (HTTP 403)");
        assertThat(behind(gate).stat(ref("x"))).isEmpty();
        assertThat(gate.seen().stream().filter(r -> r.method().equals("PUT"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "403, RequestTimeTooSkewed, clock",
        "400, ExpiredToken, session token",
        "400, AuthorizationHeaderMalformed, region",
        "301, PermanentRedirect, region"
    })
    void theHintNamesWhatIsReallyWrong(int status, String said, String hint) {
        Gate gate = server.gate(r -> Gate.Action.error(status, said));

        Failure failure = failure(() -> behind(gate).stat(ref("x")));

        assertThat(failure.code()).isEqualTo(FailureCode.S3_AUTH);
        assertThat(failure.hint()).contains(hint);
    }

    @Test
    void connectWantsAnAnswerNotAPermission() throws IOException {
        assertThatCode(() -> at(server.getAndPutOnly()).connect()).doesNotThrowAnyException();
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        S3Storage nobody = at(URI.create("http://127.0.0.1:" + free));

        assertThat(code(nobody::connect)).isEqualTo(FailureCode.S3_TIMEOUT);
        assertThat(failure(() -> nobody.stat(ref("x"))).message()).contains("cannot stat bucket/x at 127.0.0.1");
    }

    @Test
    void keysAreTakenAsTheyAreAlsoWithEmptyParts() throws IOException {
        Gate gate = server.gate(r -> Gate.Action.error(404, "NoSuchKey"));

        for (String key : List.of("a//b", "/a", "a/", "//", "a%2Fb", "%2e%2e/a", "ä+ b")) {
            assertThat(code(() -> fetch(behind(gate), key))).isEqualTo(FailureCode.INPUT_NOT_FOUND);
        }

        assertThat(gate.seen())
                .extracting(Gate.Request::target)
                .containsExactly(
                        "/bucket/a//b",
                        "/bucket//a",
                        "/bucket/a/",
                        "/bucket///",
                        "/bucket/a%252Fb",
                        "/bucket/%252e%252e/a",
                        "/bucket/%C3%A4%2B%20b");
        for (String key : List.of("../other/x", "a/./b", "..")) {
            assertThat(code(() -> fetch(direct(), key))).isEqualTo(FailureCode.INVALID_JOB);
        }
    }

    @Test
    void emptyPartsAreSignedAsWell() throws IOException {
        Gate gate = server.gate(r -> Gate.Action.PASS);

        assertThat(failure(() -> fetch(behind(gate), "films//x.mp4")).message())
                .doesNotContain("SignatureDoesNotMatch");
    }

    @Test
    void whatIsToldOfAnObjectArrivesInItsHeaders() throws IOException {
        Gate gate = server.gate(r -> Gate.Action.PASS);
        S3Storage storage = behind(gate);

        for (int bytes : new int[] {10, 20 << 20}) {
            PutOptions options = new PutOptions(
                    "application/x-mpegURL", "max-age=6", Map.of("transcode-job", "job_1"), Optional.empty());
            storage.put(ref("x"), file(bytes), options, new Cancellation());
            assertThat(storage.stat(ref("x")).orElseThrow().metadata())
                    .containsExactly(Map.entry("transcode-job", "job_1"));
        }

        assertThat(gate.seen())
                .filteredOn(r -> r.queryNames().contains("uploads")
                        || (r.queryNames().isEmpty() && r.method().equals("PUT")))
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.headers())
                        .containsEntry("content-type", "application/x-mpegURL")
                        .containsEntry("cache-control", "max-age=6"));
    }

    @Test
    void aSessionTokenGoesWithEachRequestAndIntoNoMessage() {
        Gate gate = server.gate(r -> Gate.Action.error(400, "InvalidToken"));
        S3Storage storage = with(S3Storage.builder()
                .endpoint(gate.endpoint())
                .credentials(TestS3Server.ACCESS_KEY, SECRET)
                .sessionToken("token-4711"));

        Failure failure = failure(() -> storage.list(BUCKET, ""));

        assertThat(gate.seen().get(0).headers()).containsEntry("x-amz-security-token", "token-4711");
        assertThat(failure + " " + storage).doesNotContain("4711").doesNotContain(SECRET);
    }

    private static PutOptions absent(Map<String, String> metadata) {
        return new PutOptions(
                "text/plain", "no-store", metadata, Optional.of(new PutOptions.Condition(Optional.empty())));
    }

    @Test
    void aFileThatCannotBeWrittenIsNoFailureOfTheStore() throws IOException {
        put(direct(), "x", file(10));

        Failure failure = failure(() ->
                direct().fetch(ref("x"), local.resolve("no-such-folder"), TransferListener.NONE, new Cancellation()));

        assertThat(failure.code()).isEqualTo(FailureCode.IO_ERROR);
        assertThat(Files.exists(local.resolve("no-such-folder"))).isFalse();
    }
}
