/** A real Redis for tests: {@link dev.transcode.queue.redis.testing.TestRedis}. */
package dev.transcode.queue.redis.testing;
