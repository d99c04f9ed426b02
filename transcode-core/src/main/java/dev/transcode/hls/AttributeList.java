package dev.transcode.hls;

import dev.transcode.media.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attributes of a tag (RFC 8216, 4.2). Each method reads one, strictly. */
final class AttributeList {
    /** Possessive, so that a hostile line costs no more than its length. */
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]++)=(\"[^\"]*+\"|[^\",\\s]*+)(,|$)");

    private static final Pattern RESOLUTION = Pattern.compile("(\\d{1,6})x(\\d{1,6})");

    private final Map<String, String> values;

    private AttributeList(Map<String, String> values) {
        this.values = values;
    }

    static AttributeList parse(String text) throws MalformedMediaException {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            // Some packagers write a space after the comma; players accept it.
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (!matcher.find(at) || matcher.start() != at) {
                throw new MalformedMediaException("not an attribute list from '" + excerpt(text.substring(at)) + "'");
            }
            if (values.put(matcher.group(1), matcher.group(2)) != null) {
                throw new MalformedMediaException("attribute " + excerpt(matcher.group(1)) + " is there twice");
            }
            at = matcher.end();
        }
        return new AttributeList(values);
    }

    /** A quoted-string without its quotes. */
    Optional<String> quoted(String name) throws MalformedMediaException {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.length() < 2 || value.charAt(0) != '"') {
            throw wrong(name, "a quoted string", value);
        }
        return Optional.of(value.substring(1, value.length() - 1));
    }

    String requiredQuoted(String name) throws MalformedMediaException {
        Optional<String> value = quoted(name);
        if (value.isEmpty()) {
            throw missing(name);
        }
        return value.get();
    }

    /** An enumerated-string. */
    Optional<String> enumerated(String name) throws MalformedMediaException {
        String value = values.get(name);
        if (value != null && value.startsWith("\"")) {
            throw wrong(name, "without quotes", value);
        }
        return Optional.ofNullable(value);
    }

    /** An enumerated-string or a quoted one, without quotes. */
    Optional<String> either(String name) {
        String value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(value.replace("\"", ""));
    }

    boolean yes(String name) throws MalformedMediaException {
        Optional<String> value = enumerated(name);
        if (value.isEmpty() || value.get().equals("NO")) {
            return false;
        }
        if (!value.get().equals("YES")) {
            throw wrong(name, "YES or NO", value.get());
        }
        return true;
    }

    OptionalLong integer(String name) throws MalformedMediaException {
        String value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(Decimals.integer(name, value));
    }

    long requiredInteger(String name) throws MalformedMediaException {
        OptionalLong value = integer(name);
        if (value.isEmpty()) {
            throw missing(name);
        }
        return value.getAsLong();
    }

    OptionalDouble decimal(String name) throws MalformedMediaException {
        String value = values.get(name);
        return value == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Decimals.number(name, value).doubleValue());
    }

    Optional<Resolution> resolution() throws MalformedMediaException {
        String value = values.get("RESOLUTION");
        if (value == null) {
            return Optional.empty();
        }
        Matcher matcher = RESOLUTION.matcher(value);
        if (!matcher.matches()) {
            throw wrong("RESOLUTION", "a size", value);
        }
        return Optional.of(new Resolution(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    List<String> codecs() throws MalformedMediaException {
        Optional<String> value = quoted("CODECS");
        List<String> codecs = new ArrayList<>();
        if (value.isPresent() && !value.get().isBlank()) {
            for (String codec : value.get().split(",", -1)) {
                codecs.add(codec.strip());
            }
        }
        return codecs;
    }

    /** The start of {@code text}, for a message. */
    static String excerpt(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static MalformedMediaException missing(String name) {
        return new MalformedMediaException("attribute " + name + " is missing");
    }

    private static MalformedMediaException wrong(String name, String expected, String found) {
        return new MalformedMediaException("attribute " + name + " is not " + expected + ": " + excerpt(found));
    }
}
