/**
 * Whether the queue keeps its promise while everything around it dies: {@link dev.transcode.worker.chaos.ChaosRun} starts
 * real workers and a real Redis and kills them at random, {@link dev.transcode.worker.chaos.HistoryChecker} reads what
 * came of it.
 */
package dev.transcode.worker.chaos;
