package dev.transcode.cli.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves a page and its modules from memory: what is not in the map does not exist. */
final class PageHandler implements HttpHandler {
    /**
     * No request leaves the origin, no inline script runs. {@code blob:} is how hls.js feeds a video element and starts
     * its worker.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:;"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, PageFile> files;
    private final HttpHandler otherwise;

    /**
     * @param files by path, e.g. {@code /} and {@code /page/player.js}
     * @param otherwise answers for all other paths
     */
    PageHandler(Map<String, PageFile> files, HttpHandler otherwise) {
        this.files = Map.copyOf(files);
        this.otherwise = otherwise;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        @Nullable PageFile file = files.get(exchange.getRelativePath());
        if (file == null) {
            otherwise.handleRequest(exchange);
        } else {
            send(exchange, file);
        }
    }

    /** Sends it, or says that the browser's own copy is the same. */
    static void send(HttpServerExchange exchange, PageFile file) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(HttpString.tryFromString("Content-Security-Policy"), CONTENT_SECURITY_POLICY);
        headers.put(HttpString.tryFromString("Referrer-Policy"), "no-referrer");
        headers.put(HttpString.tryFromString("Cross-Origin-Resource-Policy"), "same-origin");
        headers.put(Headers.CACHE_CONTROL, "no-cache");
        headers.put(Headers.ETAG, file.tag());
        if (file.tag().equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            return;
        }
        headers.put(Headers.CONTENT_TYPE, file.contentType());
        exchange.getResponseSender().send(file.content());
    }
}
