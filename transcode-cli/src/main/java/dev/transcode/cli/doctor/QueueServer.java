package dev.transcode.cli.doctor;

import dev.transcode.queue.QueueDepth;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The queue's server. Its methods throw {@link dev.transcode.queue.QueueUnavailableException} if it is away and
 * {@link dev.transcode.queue.QueueRefusedException} if it refuses us.
 */
public interface QueueServer extends AutoCloseable {
    /** How long it takes to answer; the first call also connects. */
    Duration ping();

    /** The fields of Redis' INFO. */
    Map<String, String> info();

    /** How full queues are, in the order asked for. */
    List<QueueDepth> depths(List<String> queues);

    @Override
    void close();
}
