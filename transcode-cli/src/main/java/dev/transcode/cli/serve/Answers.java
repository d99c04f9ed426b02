package dev.transcode.cli.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** Short answers that are not files. */
final class Answers {
    private Answers() {}

    /** Ends the exchange with one sentence for people. */
    static void sentence(HttpServerExchange exchange, int status, String sentence) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(sentence + "\n");
    }
}
