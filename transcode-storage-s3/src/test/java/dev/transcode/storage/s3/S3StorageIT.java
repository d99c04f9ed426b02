package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.contract.StorageContract;
import dev.transcode.storage.Storage;
import dev.transcode.storage.s3.fixture.TestS3Server;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on S3Proxy, or on the server that {@value #OTHER} names: {@code http://KEY:SECRET@host:port/bucket}. That
 * bucket must be there and empty; it is emptied after each test.
 */
class S3StorageIT extends StorageContract {
    private static final String OTHER = "TRANSCODE_IT_S3";

    private static @Nullable TestS3Server server;
    private static S3Storage storage;
    private static String bucket = "contract";

    @BeforeAll
    static void start() {
        String other = System.getenv(OTHER);
        if (other == null) {
            server = TestS3Server.start(bucket);
            storage = storage(server.endpoint(), TestS3Server.ACCESS_KEY, TestS3Server.SECRET_KEY);
            return;
        }
        URI uri = URI.create(other);
        String[] keys = uri.getUserInfo().split(":", 2);
        bucket = uri.getPath().substring(1);
        storage = storage(URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort()), keys[0], keys[1]);
        assertThat(storage.list(bucket, "")).as("what is in %s already", bucket).isEmpty();
    }

    private static S3Storage storage(URI endpoint, String access, String secret) {
        return S3Storage.builder()
                .endpoint(endpoint)
                .credentials(access, secret)
                .build();
    }

    @AfterAll
    static void stop() {
        storage.close();
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void empty() {
        if (server != null) {
            server.empty(bucket);
        } else {
            storage.delete(bucket, storage.list(bucket, ""));
        }
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Override
    protected String bucket() {
        return bucket;
    }
}
