/** The runnable worker in real processes, with a real Redis, a real S3 server and a real FFmpeg. */
package dev.transcode.worker.e2e;
