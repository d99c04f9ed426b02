/**
 * The port between the pipeline and what encodes: {@link dev.transcode.encode.Encoder}. The adapter for FFmpeg is in
 * {@code dev.transcode.ffmpeg}.
 */
@NullMarked
package dev.transcode.encode;

import org.jspecify.annotations.NullMarked;
