/**
 * From a wish to a decision: a {@link dev.transcode.ladder.Ladder} of rungs (or a named
 * {@link dev.transcode.ladder.Profile}) and a {@link dev.transcode.media.MediaInfo} become an
 * {@link dev.transcode.ladder.EncodePlan}. Start with {@link dev.transcode.ladder.EncodePlanner}. No I/O.
 */
@NullMarked
package dev.transcode.ladder;

import org.jspecify.annotations.NullMarked;
