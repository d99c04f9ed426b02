package dev.transcode.cli.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers only who asks this machine by its own name. A page on the web can point its host name at 127.0.0.1 (DNS
 * rebinding), but then its browser sends that name as Host. The port is not looked at: it may be a forwarded one.
 */
public final class LoopbackHost implements HttpHandler {
    private static final int MISDIRECTED = 421; // RFC 9110, 15.5.20
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:]+]|[^:\\[\\]]+)(:[0-9]{1,5})?");

    private final HttpHandler next;

    public LoopbackHost(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderValues values = exchange.getRequestHeaders().get(Headers.HOST);
        if (values == null || values.size() != 1 || !isLoopback(values.getFirst())) {
            exchange.setReasonPhrase("Misdirected Request");
            Answers.sentence(
                    exchange,
                    MISDIRECTED,
                    "This server answers only to localhost and 127.0.0.1: open the address that it printed.");
            return;
        }
        next.handleRequest(exchange);
    }

    /** Whether a Host header names this machine. */
    public static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        Matcher matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
        return matcher.matches() && NAMES.contains(matcher.group(1));
    }
}
