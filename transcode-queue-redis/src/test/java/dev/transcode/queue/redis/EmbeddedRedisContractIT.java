package dev.transcode.queue.redis;

import dev.transcode.queue.redis.testing.EmbeddedRedis;
import dev.transcode.queue.redis.testing.TestRedis;

/** On Redis 6.2, the oldest that is supported. */
class EmbeddedRedisContractIT extends RedisContracts {
    @Override
    TestRedis open() {
        return TestRedis.open(EmbeddedRedis.program());
    }
}
