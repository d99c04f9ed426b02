package dev.transcode.contract;

import dev.transcode.job.JobId;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import java.time.Duration;
import java.util.Map;

/** A queue's server as its contract tests see it: empty at first, and open to what strangers do. */
public interface QueueServer extends AutoCloseable {
    /** A new connection to it. Closed by the test. */
    QueueBackend connect(EndWebhook endWebhook, int maxWaiting);

    /** What a foreign producer's {@code LPUSH} does. */
    void push(String queue, Payload payload);

    /** What a foreign producer or worker does that writes {@code job:<id>} itself. */
    void writeStatus(JobId id, Map<String, String> fields);

    /** The lease of what {@link #connect} gives; short where time really passes. */
    Duration lease();

    /** Returns when so much of the server's time has passed. */
    void passTime(Duration time);

    /** Makes every delayed job of the queue due now. */
    void makeDue(String queue);

    @Override
    void close();
}
