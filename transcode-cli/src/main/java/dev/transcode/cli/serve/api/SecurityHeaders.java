package dev.transcode.cli.serve.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;

/** What every answer tells a browser: nothing of it is to be run, framed or guessed at. A page says its own. */
final class SecurityHeaders implements HttpHandler {
    private static final HttpString CSP = new HttpString("Content-Security-Policy");
    private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");
    private static final HttpString FRAME = new HttpString("X-Frame-Options");
    private static final HttpString REFERRER = new HttpString("Referrer-Policy");
    private static final HttpString RESOURCES = new HttpString("Cross-Origin-Resource-Policy");

    private final HttpHandler next;

    SecurityHeaders(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(CSP, "default-src 'none'; frame-ancestors 'none'");
        headers.put(NOSNIFF, "nosniff");
        headers.put(FRAME, "DENY");
        headers.put(REFERRER, "no-referrer");
        headers.put(RESOURCES, "same-origin");
        next.handleRequest(exchange);
    }
}
