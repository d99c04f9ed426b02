package dev.transcode.queue.redis;

import dev.transcode.contract.JobQueueContract;
import dev.transcode.contract.QueueServer;
import dev.transcode.queue.redis.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The queue on Redis keeps every contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisContracts {
    private TestRedis redis;

    abstract TestRedis open();

    @BeforeAll
    void start() {
        redis = open();
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    @Nested
    class Jobs extends JobQueueContract {
        @Override
        protected QueueServer server() {
            return new ContractServer(redis);
        }
    }
}
