package dev.transcode.queue.redis;

import dev.transcode.contract.QueueServer;
import dev.transcode.job.JobId;
import dev.transcode.queue.EndWebhook;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.redis.testing.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Redis, emptied, for the queue's contracts. */
final class ContractServer implements QueueServer {
    private final TestRedis redis;
    private final Fixtures.Cli cli;

    ContractServer(TestRedis redis) {
        this.redis = redis;
        cli = new Fixtures.Cli(redis.uri());
        cli.run().flushall();
    }

    @Override
    public QueueBackend connect(EndWebhook endWebhook, int maxWaiting) {
        return RedisBackend.builder()
                .uri(redis.uri())
                .lease(lease())
                .endWebhook(endWebhook)
                .maxWaiting(maxWaiting)
                .build();
    }

    @Override
    public void push(String queue, Payload payload) {
        cli.bytes().lpush(queue, payload.bytes());
    }

    @Override
    public void writeStatus(JobId id, Map<String, String> fields) {
        cli.run().hset("job:" + id, fields);
    }

    @Override
    public Duration lease() {
        return Duration.ofMillis(600);
    }

    /** Redis has its own clock: so much time really passes. */
    @Override
    public void passTime(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis() + 1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void makeDue(String queue) {
        for (String id : cli.run().zrange(queue + ":delayed", 0, -1)) {
            cli.run().zadd(queue + ":delayed", 0, id);
        }
    }

    @Override
    public void close() {
        cli.close();
    }
}
