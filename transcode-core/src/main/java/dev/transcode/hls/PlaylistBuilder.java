package dev.transcode.hls;

/** Collects a playlist line by line. */
interface PlaylistBuilder {
    /**
     * @param tag e.g. {@code #EXTINF}
     * @param value what follows its colon; empty without one
     */
    void tag(String tag, String value) throws MalformedMediaException;

    /** A line that is a URI. */
    void uri(String uri) throws MalformedMediaException;

    /** The whole playlist, after the last line. */
    Playlist build() throws MalformedMediaException;
}
