/**
 * The job queue on Redis 6.2 or newer. Empty in this version.
 */
@NullMarked
package dev.transcode.queue.redis;

import org.jspecify.annotations.NullMarked;
