/**
 * What the user asked for and how it can fail. Start with {@link dev.transcode.job.Job}; a failure anywhere in the
 * library is a {@link dev.transcode.job.TranscodeException} carrying a {@link dev.transcode.job.Failure}.
 */
@NullMarked
package dev.transcode.job;

import org.jspecify.annotations.NullMarked;
