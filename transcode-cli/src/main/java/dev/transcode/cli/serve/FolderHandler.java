package dev.transcode.cli.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.resource.ResourceHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Serves a package's files: single byte ranges (RFC 9110, 14), ETag. Players of any origin may read playlists and media
 * (CORS), nothing else: reports, and whatever lies in the folder beside them, are for the page of this server alone. The
 * path is relative to where this handler is mounted.
 */
final class FolderHandler implements HttpHandler {
    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
    private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
    private static final HttpString RESOURCE_POLICY = new HttpString("Cross-Origin-Resource-Policy");

    private final ResourceHandler files;

    /** @throws IOException if the folder cannot be read */
    FolderHandler(Path folder) throws IOException {
        this.files = new ResourceHandler(new FolderResources(folder), FolderHandler::notFound);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderMap headers = exchange.getResponseHeaders();
        boolean media = MediaTypes.isMedia(exchange.getRelativePath());
        headers.put(RESOURCE_POLICY, media ? "cross-origin" : "same-origin");
        if (media) {
            headers.put(ALLOW_ORIGIN, "*");
        }
        if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
            headers.put(ALLOW_METHODS, SafeMethods.ALLOWED);
            headers.put(ALLOW_HEADERS, "Range, If-Range, If-None-Match");
            headers.put(MAX_AGE, "600");
            exchange.setStatusCode(StatusCodes.NO_CONTENT);
            return;
        }
        headers.put(EXPOSE_HEADERS, "Content-Length, Content-Range, Accept-Ranges, ETag");
        headers.put(Headers.CONTENT_TYPE, MediaTypes.contentType(exchange.getRelativePath()));
        exchange.addResponseCommitListener(FolderHandler::setCacheControl);
        files.handleRequest(exchange);
    }

    /** Only now is it known whether there is anything to keep. */
    private static void setCacheControl(HttpServerExchange exchange) {
        int status = exchange.getStatusCode();
        boolean found = status < StatusCodes.BAD_REQUEST;
        exchange.getResponseHeaders()
                .put(Headers.CACHE_CONTROL, found ? MediaTypes.cacheControl(exchange.getRelativePath()) : "no-store");
    }

    private static void notFound(HttpServerExchange exchange) {
        Answers.sentence(exchange, StatusCodes.NOT_FOUND, "There is no such file in the folder.");
    }
}
