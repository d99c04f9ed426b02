package dev.transcode.queue;

import dev.transcode.contract.JobQueueContract;
import dev.transcode.contract.QueueServer;
import org.junit.jupiter.api.Nested;

/** The queue in memory keeps every contract. */
class InMemoryContractTest {
    @Nested
    class Jobs extends JobQueueContract {
        @Override
        protected QueueServer server() {
            return new MemoryServer();
        }
    }
}
