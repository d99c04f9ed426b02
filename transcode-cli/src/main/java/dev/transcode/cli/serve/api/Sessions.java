package dev.transcode.cli.serve.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the page's cookie holds after a login: the end of the session and an HMAC of it, never the token. Nothing is
 * kept here, so a session outlives a restart and holds at every server with the same token; it ends with its time, or
 * when the token is taken out of use.
 */
final class Sessions {
    static final Duration LIFETIME = Duration.ofDays(7);

    private static final String PURPOSE = "transcode session";
    private static final Pattern FORM = Pattern.compile("(1\\.([0-9]{1,12}))\\.([A-Za-z0-9_-]{43})");

    private final Tokens tokens;
    private final Clock clock;

    Sessions(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The cookie's value. */
    String open(int token) {
        String facts = "1." + clock.instant().plus(LIFETIME).getEpochSecond();
        return facts + "." + sign(token, facts);
    }

    /** The token that opened the session; empty if it is over or not ours. */
    OptionalInt check(String cookie) {
        Matcher matcher = FORM.matcher(cookie);
        if (!matcher.matches()
                || Long.parseLong(matcher.group(2)) <= clock.instant().getEpochSecond()) {
            return OptionalInt.empty();
        }
        byte[] given = matcher.group(3).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < tokens.count(); i++) {
            if (MessageDigest.isEqual(sign(i, matcher.group(1)).getBytes(StandardCharsets.US_ASCII), given)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private String sign(int token, String facts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Hashes.hmac(tokens.keyFor(token, PURPOSE), facts));
    }
}
