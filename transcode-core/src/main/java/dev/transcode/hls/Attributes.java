package dev.transcode.hls;

/** Checks of what may stand in a playlist. */
final class Attributes {
    private Attributes() {}

    /**
     * A value for a quoted-string (RFC 8216, 4.2): it knows no escape, so a quote or a control character can't be told.
     *
     * @throws IllegalArgumentException if {@code value} holds one
     */
    static String quotable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || Character.isISOControl(c)) {
                throw new IllegalArgumentException("a playlist cannot hold a quote or control character: " + value);
            }
        }
        return value;
    }

    /** A URI that can stand on a line of its own, too: not empty, no white space, no leading {@code #}. */
    static String uri(String value) {
        quotable(value);
        if (value.isEmpty() || value.startsWith("#") || !value.equals(value.strip())) {
            throw new IllegalArgumentException("not a URI for a playlist: '" + value + "'");
        }
        return value;
    }

    /** One entry of CODECS: also without the comma that separates them. */
    static String codec(String value) {
        quotable(value);
        if (value.isEmpty() || value.indexOf(',') >= 0 || !value.equals(value.strip())) {
            throw new IllegalArgumentException("not a codec: '" + value + "'");
        }
        return value;
    }
}
