package dev.transcode.cli.serve.api;

import dev.transcode.hls.HlsLayout;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A playlist whose absolute URIs are made relative: so a player that got it from here also gets the rest from here, and
 * not from the public address the job was made for. Pure.
 */
final class LocalPlaylist {
    private static final URI ANY_SITE = URI.create("http://x");

    /** A line that is a URI, or an attribute URI="..." of a tag (RFC 8216, 4.1 and 4.2). */
    private static final Pattern ABSOLUTE = Pattern.compile("(?m)(^|URI=\")(https?://[^\"\\r\\n]+)");

    private LocalPlaylist() {}

    /** @param key of the playlist in its bucket */
    static String of(String playlist, String key) {
        int slash = key.lastIndexOf('/');
        if (slash < 0) {
            return playlist;
        }
        String folder = HlsLayout.publicBase(ANY_SITE, key.substring(0, slash)).getRawPath() + "/";
        Matcher matcher = ABSOLUTE.matcher(playlist);
        return matcher.replaceAll(found -> {
            String uri = found.group(2);
            int at = uri.indexOf(folder);
            return Matcher.quoteReplacement(found.group(1) + (at < 0 ? uri : uri.substring(at + folder.length())));
        });
    }
}
