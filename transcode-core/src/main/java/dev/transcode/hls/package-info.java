/**
 * HLS (RFC 8216) as values and text, and what the files really hold, read from their MP4 boxes. Making a package starts
 * at {@link dev.transcode.hls.HlsPackager}, reading one at {@code PlaylistParser} and
 * {@code Mp4Reader}.
 */
@NullMarked
package dev.transcode.hls;

import org.jspecify.annotations.NullMarked;
