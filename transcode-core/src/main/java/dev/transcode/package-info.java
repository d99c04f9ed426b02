/**
 * A video transcoder as a library: one video in, an HLS ladder with progressive MP4s out, verified before it is
 * published. Start with {@link dev.transcode.Transcoder}; it needs no queue and no server.
 */
@NullMarked
package dev.transcode;

import org.jspecify.annotations.NullMarked;
