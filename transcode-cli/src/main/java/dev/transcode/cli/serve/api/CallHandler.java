package dev.transcode.cli.serve.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

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

    /** Reads a JSON body first, without holding a thread while it comes in. */
    HttpHandler withBody() {
        return exchange -> BodyReader.read(exchange, body -> exchange.dispatch(worker -> answer(worker, body)));
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
