package dev.transcode.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may stand in {@code webhook_url}. Whether it may be reached is asked only when connecting to it. */
public final class WebhookUrl {
    private static final int MAX_LENGTH = 2_048;

    /**
     * A name or an IP address and maybe a port. Not {@link URI#getHost}: that is null for a name with an underscore,
     * as Docker Compose makes them.
     */
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@]+)(?::(\\d{1,5}))?");

    /** A part of a path that is long and holds a digit. */
    private static final Pattern TOKEN = Pattern.compile("(?<=/)(?=[^/]*[0-9])[^/]{16,}");

    private WebhookUrl() {}

    /**
     * An address for people and logs: without its query, and {@link #withoutTokens}.
     *
     * @param url as {@link #parse} takes it; anything else is shown as well as it can be
     */
    public static String shown(String url) {
        String plain = url.split("[?#]", 2)[0];
        int path = plain.indexOf('/', plain.indexOf("://") + 3);
        return path < 0 ? plain : plain.substring(0, path) + withoutTokens(plain.substring(path));
    }

    /**
     * A path with "…" for each part that looks like a token, which is 16 characters or more with a digit among them: where
     * chat services put theirs, and where {@link #parse} tells people to.
     */
    public static String withoutTokens(String path) {
        return TOKEN.matcher(path).replaceAll("…");
    }

    /**
     * Reads an address: http or https, a host, no user and password, at most 2,048 characters.
     *
     * @throws IllegalArgumentException with the end of a sentence that starts with the field's name; it never holds the
     *     address itself, which may hold a token
     */
    public static URI parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than 2,048 characters");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            // Without its cause, whose message repeats the whole address.
            throw new IllegalArgumentException("is no URL: character " + (e.getIndex() + 1) + " can't stand there");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("does not start with http:// or https://");
        }
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("holds a user or password: put a token into the path or query");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new IllegalArgumentException("names no host");
        }
        if (parts.group(2) != null && !isPort(Integer.parseInt(parts.group(2)))) {
            throw new IllegalArgumentException("names a port that is not 1 to 65535");
        }
        return url;
    }

    /**
     * Reads the address that a bucket's root is seen at: as {@link #parse}, and without query and fragment, for paths are
     * appended to it.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static URI parseBase(String text) {
        URI base = parse(text);
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("holds a query or fragment: paths are appended to it");
        }
        return base;
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }
}
