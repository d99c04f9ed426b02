/**
 * For tests in which encoding is not the subject: {@link dev.transcode.worker.stub.StubFilm}, a tiny film whose package
 * FFmpeg made once.
 */
package dev.transcode.worker.stub;
