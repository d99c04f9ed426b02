package dev.transcode.hls;

import java.net.URI;
import java.util.Locale;

/**
 * Reads playlists (RFC 8216, 4): strict about what a player relies on, silent about tags it does not know. Its input may
 * be hostile: its size is bounded, and time and memory grow no faster than it. Pure.
 */
public final class PlaylistParser {
    /** Characters of a playlist that are read at most, some 16 million. */
    public static final int MAX_CHARACTERS = 16 << 20;

    private static final int MAX_LINE = 65_536;

    private PlaylistParser() {}

    /**
     * The value of a playlist's text.
     *
     * @throws MalformedMediaException if it is none; the message names the line
     */
    public static Playlist parse(String text) throws MalformedMediaException {
        if (text.length() > MAX_CHARACTERS) {
            throw new MalformedMediaException("playlist is longer than " + MAX_CHARACTERS + " characters");
        }
        if (text.startsWith("\uFEFF")) {
            throw new MalformedMediaException("playlist starts with a byte order mark");
        }
        boolean multivariant = text.contains("\n#EXT-X-STREAM-INF:") || text.contains("\n#EXT-X-MEDIA:");
        PlaylistBuilder builder = multivariant ? new MultivariantPlaylistBuilder() : new MediaPlaylistBuilder();
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            number++;
            try {
                line(builder, number, text, start, end);
            } catch (MalformedMediaException | IllegalArgumentException e) {
                throw new MalformedMediaException("line " + number + ": " + e.getMessage());
            }
            start = end + 1;
        }
        if (number == 0) {
            throw new MalformedMediaException("playlist is empty");
        }
        return builder.build();
    }

    /**
     * Where a playlist's reference leads.
     *
     * @param playlist the playlist's own absolute address
     * @throws MalformedMediaException if it is no URI or leads from the web into the local file system, or to what is
     *     neither file, http nor https
     */
    public static URI resolve(URI playlist, String reference) throws MalformedMediaException {
        URI target;
        try {
            target = playlist.resolve(reference);
        } catch (IllegalArgumentException e) {
            throw new MalformedMediaException("not a URI: " + AttributeList.excerpt(reference));
        }
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        boolean local = scheme.equals("file") && "file".equalsIgnoreCase(playlist.getScheme());
        if (!web && !local) {
            throw new MalformedMediaException(
                    "a playlist may not refer to " + AttributeList.excerpt(target.toString()));
        }
        return target;
    }

    private static void line(PlaylistBuilder builder, int number, String text, int start, int end)
            throws MalformedMediaException {
        if (end - start > MAX_LINE) {
            throw new MalformedMediaException("is longer than " + MAX_LINE + " characters");
        }
        String line = text.substring(start, end).stripTrailing();
        if (number == 1) {
            if (!line.equals("#EXTM3U")) {
                throw new MalformedMediaException("is not #EXTM3U");
            }
        } else if (line.startsWith("#EXT")) {
            int colon = line.indexOf(':');
            String tag = colon < 0 ? line : line.substring(0, colon);
            builder.tag(tag, colon < 0 ? "" : line.substring(colon + 1));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            builder.uri(line);
        }
    }
}
