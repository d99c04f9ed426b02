package dev.transcode.cli.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Set;

/** Lets only GET, HEAD and OPTIONS through: nothing is changed over HTTP. */
final class SafeMethods implements HttpHandler {
    static final String ALLOWED = "GET, HEAD, OPTIONS";

    private static final Set<HttpString> METHODS = Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);

    private final HttpHandler next;

    SafeMethods(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (METHODS.contains(exchange.getRequestMethod())) {
            next.handleRequest(exchange);
            return;
        }
        exchange.getResponseHeaders().put(Headers.ALLOW, ALLOWED);
        Answers.sentence(exchange, StatusCodes.METHOD_NOT_ALLOWED, "Only " + ALLOWED + " are answered here.");
    }
}
