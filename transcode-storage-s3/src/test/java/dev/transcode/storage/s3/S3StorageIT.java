package dev.transcode.storage.s3;

import dev.transcode.contract.StorageContract;
import dev.transcode.storage.Storage;
import dev.transcode.storage.s3.fixture.TestS3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class S3StorageIT extends StorageContract {
    private static final String BUCKET = "contract";

    private static TestS3Server server;
    private static S3Storage storage;

    @BeforeAll
    static void start() {
        server = TestS3Server.start(BUCKET);
        storage = S3Storage.builder()
                .endpoint(server.endpoint())
                .credentials(TestS3Server.ACCESS_KEY, TestS3Server.SECRET_KEY)
                .build();
    }

    @AfterAll
    static void stop() {
        storage.close();
        server.close();
    }

    @AfterEach
    void empty() {
        server.empty(BUCKET);
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Override
    protected String bucket() {
        return BUCKET;
    }
}
