package dev.transcode.queue.redis;

import dev.transcode.contract.JobEventsContract;
import dev.transcode.contract.JobQueueContract;
import dev.transcode.contract.JobStoreContract;
import dev.transcode.contract.OutboxContract;
import dev.transcode.contract.QueueHistoryContract;
import dev.transcode.contract.QueueServer;
import dev.transcode.contract.UpkeepContract;
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

    @Nested
    class Store extends JobStoreContract {
        @Override
        protected QueueServer server() {
            return new ContractServer(redis);
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        protected QueueServer server() {
            return new ContractServer(redis);
        }
    }

    @Nested
    class Webhooks extends OutboxContract {
        @Override
        protected QueueServer server() {
            return new ContractServer(redis);
        }
    }

    @Nested
    class Events extends JobEventsContract {
        @Override
        protected QueueServer server() {
            return new ContractServer(redis);
        }
    }

    @Nested
    class Histories extends QueueHistoryContract {
        @Override
        protected QueueServer server() {
            return new ContractServer(redis);
        }
    }
}
