package dev.transcode.cli.serve.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;

/** Answers with a {@link Call}, on a worker thread. */
final class CallHandler implements HttpHandler {
    private final Call call;

    CallHandler(Call call) {
        this.call = call;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.dispatch(worker -> answer(worker, ""));
    }

    /** Reads a JSON body first, which must come within {@code time}, without holding a thread meanwhile. */
    HttpHandler withBody(Duration time) {
        return exchange -> BodyReader.read(exchange, time, body -> exchange.dispatch(worker -> answer(worker, body)));
    }

    private void answer(HttpServerExchange exchange, String body) {
        Reply reply;
        try {
            reply = call.answer(Exchanges.request(exchange, body));
        } catch (RuntimeException | StackOverflowError e) {
            reply = Reply.problem(Problems.of(e));
        }
        Exchanges.send(exchange, reply);
    }
}
