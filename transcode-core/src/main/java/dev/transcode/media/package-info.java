/**
 * What is in a media file, as values. Start with {@link dev.transcode.media.MediaInfo}; the port that makes one is
 * {@link dev.transcode.media.Prober}.
 */
@NullMarked
package dev.transcode.media;

import org.jspecify.annotations.NullMarked;
