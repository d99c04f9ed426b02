/**
 * HLS (RFC 8216) as values and text, and what the files really hold, read from their MP4 boxes. Making a package starts
 * at {@link dev.transcode.hls.HlsPackager}, reading one at {@link dev.transcode.hls.PlaylistParser} and
 * {@link dev.transcode.hls.Mp4Reader}.
 */
@NullMarked
package dev.transcode.hls;

import org.jspecify.annotations.NullMarked;
