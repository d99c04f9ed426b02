package dev.transcode.queue;

import java.util.List;

/**
 * A queue's server as one process sees it: the way to all of the ports. What all ports of a backend share (address, lease
 * time, which webhook an end causes) is given where the backend is built. Closing it closes what it handed out.
 * Thread-safe.
 */
public interface QueueBackend extends AutoCloseable {
    /**
     * A worker's side.
     *
     * @param worker a name no other process has
     * @param queues lists in strict priority, at least one
     */
    JobQueue worker(String worker, List<String> queues);

    QueueUpkeep upkeep(List<String> queues);

    JobStore store();

    Outbox outbox();

    JobEvents events();

    @Override
    void close();
}
