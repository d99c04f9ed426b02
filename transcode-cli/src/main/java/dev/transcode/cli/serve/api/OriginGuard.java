package dev.transcode.cli.serve.api;

import dev.transcode.cli.serve.LoopbackHost;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site's page makes a browser send: changes from another origin, and where no token protects the
 * server, any name for this machine but its own (DNS rebinding).
 */
final class OriginGuard implements HttpHandler {
    private final HttpHandler next;
    private final boolean loopbackOnly;

    /** @param loopbackOnly whether the Host header has to be a name of this machine */
    OriginGuard(HttpHandler next, boolean loopbackOnly) {
        this.next = next;
        this.loopbackOnly = loopbackOnly;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderMap headers = exchange.getRequestHeaders();
        @Nullable String host = headers.getFirst(Headers.HOST);
        if (loopbackOnly && (headers.count(Headers.HOST) != 1 || !LoopbackHost.isLoopback(host))) {
            refuse(
                    exchange,
                    "wrong_host",
                    "cannot answer: the Host header names another machine",
                    "Use the address that transcode serve printed, or set TRANSCODE_API_TOKEN.");
            return;
        }
        HttpString method = exchange.getRequestMethod();
        boolean changes = !method.equals(Methods.GET) && !method.equals(Methods.HEAD);
        if (changes && isForeign(headers, host)) {
            refuse(
                    exchange,
                    "cross_origin",
                    "cannot answer: the call comes from a page of another site",
                    "Call from the server's own page, or from a program.");
            return;
        }
        next.handleRequest(exchange);
    }

    /** Programs send no Origin; browsers send one with everything but GET and HEAD. */
    private static boolean isForeign(HeaderMap headers, @Nullable String host) {
        @Nullable String origin = headers.getFirst(Headers.ORIGIN);
        @Nullable String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        // Without the scheme: a proxy may have taken TLS off.
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(String.valueOf(host));
    }

    private static void refuse(HttpServerExchange exchange, String code, String detail, String hint) {
        Exchanges.send(exchange, Reply.problem(new ApiProblem(403, code, detail, hint)));
    }
}
