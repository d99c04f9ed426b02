package dev.transcode.cli.serve.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.PathTemplateMatch;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Between Undertow's exchanges and the calls' own types. */
final class Exchanges {
    private Exchanges() {}

    static ApiRequest request(HttpServerExchange exchange, String body) {
        Map<String, String> query = new HashMap<>();
        for (Map.Entry<String, Deque<String>> entry :
                exchange.getQueryParameters().entrySet()) {
            query.put(entry.getKey(), entry.getValue().getFirst());
        }
        Map<String, String> headers = new HashMap<>();
        for (HeaderValues values : exchange.getRequestHeaders()) {
            headers.put(values.getHeaderName().toString().toLowerCase(Locale.ROOT), values.getFirst());
        }
        return new ApiRequest(path(exchange), query, headers, body);
    }

    /** The variables of the route's path. */
    static Map<String, String> path(HttpServerExchange exchange) {
        PathTemplateMatch match = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY);
        return match == null ? Map.of() : match.getParameters();
    }

    /** Ends the exchange. */
    static void send(HttpServerExchange exchange, Reply reply) {
        if (exchange.isResponseStarted()) {
            return;
        }
        exchange.setStatusCode(reply.status());
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, reply.contentType());
        headers.put(Headers.CACHE_CONTROL, "no-store");
        reply.headers().forEach((name, value) -> headers.put(HttpString.tryFromString(name), value));
        exchange.getResponseSender().send(reply.body());
    }

    /** Ends the exchange with what the caller may know of {@code thrown}. */
    static void fail(HttpServerExchange exchange, Throwable thrown) {
        send(exchange, Reply.problem(Problems.of(thrown)));
    }
}
