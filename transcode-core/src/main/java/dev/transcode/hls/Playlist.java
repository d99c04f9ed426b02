package dev.transcode.hls;

/** What a file with the extension m3u8 may hold. */
public sealed interface Playlist permits MultivariantPlaylist, MediaPlaylist {}
