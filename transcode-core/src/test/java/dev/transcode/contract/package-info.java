/**
 * What every adapter must pass: an adapter's test class extends {@link dev.transcode.contract.StorageContract} in a
 * dozen lines, a queue's the contracts that extend {@link dev.transcode.contract.QueueContract} with one
 * {@link dev.transcode.contract.QueueServer}. {@link dev.transcode.contract.FlakyStorage} makes any storage fail on demand.
 */
@NullMarked
package dev.transcode.contract;

import org.jspecify.annotations.NullMarked;
