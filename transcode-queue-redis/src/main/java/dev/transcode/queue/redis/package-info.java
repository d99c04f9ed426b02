/**
 * The job queue on Redis 6.2 or newer: {@link dev.transcode.queue.redis.RedisBackend} gives the ports of
 * {@link dev.transcode.queue}. Every change of state is one Lua script in this package's resources, which reads, checks
 * the ownership and writes in one step, by the server's time. The keys are in {@code docs/redis-keys.md}, the states in
 * {@code docs/state-machine.md}.
 */
@NullMarked
package dev.transcode.queue.redis;

import org.jspecify.annotations.NullMarked;
