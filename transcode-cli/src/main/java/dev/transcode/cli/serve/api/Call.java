package dev.transcode.cli.serve.api;

/** One call of the API. Runs on a worker thread and may block; may be run by several threads at once. */
@FunctionalInterface
interface Call {
    /**
     * @throws ApiProblem if the caller is told that it failed
     * @throws dev.transcode.job.TranscodeException see {@link Problems}
     * @throws dev.transcode.queue.QueueUnavailableException while the queue's server is away
     */
    Reply answer(ApiRequest request);
}
