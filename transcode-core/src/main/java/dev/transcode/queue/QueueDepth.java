package dev.transcode.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * How full a queue is.
 *
 * @param waiting payloads in the list
 * @param running leases
 * @param delayed jobs that wait for their next attempt
 * @param dead jobs that failed or were cancelled and whose payload is kept for a retry by hand
 * @param malformed payloads that were no jobs
 * @param workers that have beaten within their time
 * @param oldestAge how long the payload that is taken next has been known to wait; empty if that cannot be told
 */
public record QueueDepth(
        String queue,
        long waiting,
        long running,
        long delayed,
        long dead,
        long malformed,
        long workers,
        Optional<Duration> oldestAge) {}
