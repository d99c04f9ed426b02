/**
 * The queue's ports. A worker uses {@link dev.transcode.queue.JobQueue}; every worker also recovers what dead ones held
 * ({@link dev.transcode.queue.QueueUpkeep}) and delivers webhooks ({@link dev.transcode.queue.Outbox}). Who submits or
 * looks uses {@link dev.transcode.queue.JobStore} and {@link dev.transcode.queue.JobEvents}. The states and who may
 * change them stand in {@code docs/state-machine.md}.
 */
@NullMarked
package dev.transcode.queue;

import org.jspecify.annotations.NullMarked;
