package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import dev.transcode.storage.TransferListener;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.TestS3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the tests with a real server share: the server, a bucket, files and storages at any address of the server. */
abstract class S3ServerCase {
    static final String BUCKET = "bucket";
    static final PutOptions PLAIN = PutOptions.of("video/mp4", "no-store");

    static TestS3Server server;

    @TempDir
    Path local;

    private final List<S3Storage> storages = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = TestS3Server.start(BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void cleanUp() {
        storages.forEach(S3Storage::close);
        server.empty(BUCKET);
    }

    /** The server itself. */
    S3Storage direct() {
        return at(server.endpoint());
    }

    /** The server through a gate. */
    S3Storage behind(Gate gate) {
        return at(gate.endpoint());
    }

    S3Storage at(URI endpoint) {
        return with(
                S3Storage.builder().endpoint(endpoint).credentials(TestS3Server.ACCESS_KEY, TestS3Server.SECRET_KEY));
    }

    S3Storage with(S3Storage.Builder builder) {
        S3Storage storage = builder.build();
        storages.add(storage);
        return storage;
    }

    static ObjectRef ref(String key) {
        return new ObjectRef(BUCKET, key);
    }

    /** Bytes that compress to nothing else and repeat nowhere. */
    Path file(long bytes) throws IOException {
        Path file = Files.createTempFile(local, "file-", "");
        Random random = new Random(bytes);
        byte[] buffer = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= buffer.length) {
                random.nextBytes(buffer);
                out.write(buffer, 0, (int) Math.min(left, buffer.length));
            }
        }
        return file;
    }

    Path folder() throws IOException {
        return Files.createTempDirectory(local, "folder-");
    }

    void put(S3Storage storage, String key, Path file) {
        storage.put(ref(key), file, PLAIN, new Cancellation());
    }

    Path fetch(S3Storage storage, String key) throws IOException {
        return storage.fetch(ref(key), folder(), TransferListener.NONE, new Cancellation());
    }

    static Failure failure(ThrowingCallable call) {
        TranscodeException e = catchThrowableOfType(TranscodeException.class, call);
        if (e == null) {
            throw new AssertionError("it did not fail");
        }
        return e.failure();
    }

    static FailureCode code(ThrowingCallable call) {
        return failure(call).code();
    }
}
