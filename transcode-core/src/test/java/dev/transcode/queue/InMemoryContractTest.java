package dev.transcode.queue;

import dev.transcode.contract.JobEventsContract;
import dev.transcode.contract.JobQueueContract;
import dev.transcode.contract.JobStoreContract;
import dev.transcode.contract.OutboxContract;
import dev.transcode.contract.QueueHistoryContract;
import dev.transcode.contract.QueueServer;
import dev.transcode.contract.UpkeepContract;
import org.junit.jupiter.api.Nested;

/** The queue in memory keeps every contract. */
class InMemoryContractTest {
    @Nested
    class JobQueueKept extends JobQueueContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }

    @Nested
    class JobStoreKept extends JobStoreContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }

    @Nested
    class UpkeepKept extends UpkeepContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }

    @Nested
    class OutboxKept extends OutboxContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }

    @Nested
    class JobEventsKept extends JobEventsContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }

    @Nested
    class QueueHistoryKept extends QueueHistoryContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }
}
