package dev.transcode.queue.redis;

import dev.transcode.queue.redis.testing.TestRedis;

/** On the Redis from PATH, where there is one. */
class RedisContractIT extends RedisContracts {
    @Override
    TestRedis open() {
        return TestRedis.open();
    }
}
