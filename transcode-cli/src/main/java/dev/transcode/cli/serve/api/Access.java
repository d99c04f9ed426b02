package dev.transcode.cli.serve.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Who may call, and how often. A caller shows a token as bearer, or the page's session cookie; where no token is set,
 * everybody who reaches the server may call. Thread-safe.
 */
final class Access {
    static final String COOKIE = "transcode_session";

    private static final String BEARER = "bearer ";

    private final Tokens tokens;
    private final Sessions sessions;
    private final RateLimits limits;

    Access(Tokens tokens, Sessions sessions, RateLimits limits) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.limits = limits;
    }

    /** @throws ApiProblem 401 or 429 */
    void admit(HttpServerExchange exchange, Rate rate, boolean open) {
        if (open || tokens.isEmpty()) {
            limits.take(rate, address(exchange));
            return;
        }
        OptionalInt token = shown(exchange);
        if (token.isPresent()) {
            limits.take(rate, "token " + token.getAsInt());
            return;
        }
        limits.take(Rate.LOGIN, address(exchange));
        throw new ApiProblem(
                        401,
                        "unauthorized",
                        "cannot answer: the call shows no valid token",
                        "Send 'Authorization: Bearer <token>' with a token of TRANSCODE_API_TOKEN.")
                .with("WWW-Authenticate", "Bearer realm=\"transcode\"");
    }

    private OptionalInt shown(HttpServerExchange exchange) {
        @Nullable String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return tokens.match(header.substring(BEARER.length()).strip());
        }
        @Nullable Cookie cookie = exchange.getRequestCookie(COOKIE);
        return cookie == null ? OptionalInt.empty() : sessions.check(String.valueOf(cookie.getValue()));
    }

    /** Of IPv6 the network: one machine has all addresses of its /64. */
    private static String address(HttpServerExchange exchange) {
        @Nullable InetSocketAddress peer = exchange.getSourceAddress();
        @Nullable InetAddress address = peer == null ? null : peer.getAddress();
        if (address == null) {
            return "unknown";
        }
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes.length > 8 ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
