/**
 * The queue worker. {@link dev.transcode.worker.WorkerMain} is its program.
 */
@NullMarked
package dev.transcode.worker;

import org.jspecify.annotations.NullMarked;
