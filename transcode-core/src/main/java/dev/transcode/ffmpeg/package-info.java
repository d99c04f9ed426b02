/**
 * The adapter for FFmpeg: {@link dev.transcode.ffmpeg.FfmpegInstallation} says which one runs and what it can do.
 * Programs are started by {@code ToolProcess} only: an argument list, never a shell, and no process is left behind.
 */
@NullMarked
package dev.transcode.ffmpeg;

import org.jspecify.annotations.NullMarked;
