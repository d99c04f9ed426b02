package dev.transcode.cli.serve.api;

import dev.transcode.cli.serve.MediaTypes;
import dev.transcode.job.FailureCode;
import dev.transcode.job.JobStatus;
import dev.transcode.job.TranscodeException;
import dev.transcode.storage.ObjectInfo;
import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.Storage;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ByteRange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what a job made, from the storage, so that the page's player gets it without a request to another site:
 * single byte ranges (RFC 9110, 14), ETag. Runs on threads of its own, because it waits for the player.
 */
final class MediaHandler implements HttpHandler {
    private static final int MAX_PLAYLIST = 8 << 20;

    private final JobCalls jobs;
    private final Storage storage;
    private final ExecutorService threads;
    private final Streamer streamer;

    /** @param threads rejects what is too much at once */
    MediaHandler(JobCalls jobs, Storage storage, ExecutorService threads, Streamer streamer) {
        this.jobs = jobs;
        this.storage = storage;
        this.threads = threads;
        this.streamer = streamer;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.dispatch(
                task -> {
                    try {
                        threads.execute(task);
                    } catch (RejectedExecutionException e) {
                        Exchanges.fail(
                                exchange,
                                new ApiProblem(
                                                503,
                                                "too_many_downloads",
                                                "cannot send media: too many downloads are under way",
                                                "Try again in some seconds.")
                                        .retryAfter(5));
                    }
                },
                this::send);
    }

    private void send(HttpServerExchange exchange) throws IOException {
        try {
            ApiRequest request = Exchanges.request(exchange, "");
            JobStatus job = jobs.find(request.id());
            String path = request.path().getOrDefault("*", "");
            ObjectRef object = MediaPath.of(job, path).orElseThrow(() -> notFound(job));
            ObjectInfo info = storage.stat(object).orElseThrow(() -> notFound(job));
            send(exchange, object, path, info);
        } catch (TranscodeException e) {
            boolean gone = e.failure().code() == FailureCode.INPUT_NOT_FOUND
                    || e.failure().code() == FailureCode.INVALID_JOB;
            Exchanges.fail(exchange, gone ? notFound() : e);
        } catch (RuntimeException e) {
            Exchanges.fail(exchange, e);
        }
    }

    private void send(HttpServerExchange exchange, ObjectRef object, String path, ObjectInfo info) throws IOException {
        boolean playlist = path.endsWith(".m3u8") && info.bytes() <= MAX_PLAYLIST;
        String tag = "\"" + info.etag().replace("\"", "") + (playlist ? "-local" : "") + "\"";
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, MediaTypes.contentType(path));
        headers.put(Headers.CACHE_CONTROL, MediaTypes.cacheControl(path).replace("public", "private"));
        headers.put(Headers.ETAG, tag);
        if (tag.equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            exchange.endExchange();
            return;
        }
        if (playlist) {
            sendPlaylist(exchange, object, info);
            return;
        }
        headers.put(Headers.ACCEPT_RANGES, "bytes");
        long from = 0;
        long length = info.bytes();
        Optional<ByteRange.RangeResponseResult> range = range(exchange, info.bytes(), tag);
        if (range.isPresent()) {
            exchange.setStatusCode(range.get().getStatusCode());
            headers.put(Headers.CONTENT_RANGE, range.get().getContentRange());
            from = range.get().getStart();
            length = range.get().getContentLength();
        }
        headers.put(Headers.CONTENT_LENGTH, length);
        boolean body = !exchange.getRequestMethod().equals(Methods.HEAD) && length > 0;
        if (!body || exchange.getStatusCode() == StatusCodes.REQUEST_RANGE_NOT_SATISFIABLE) {
            exchange.endExchange();
            return;
        }
        try (InputStream in = storage.read(object, from, length)) {
            streamer.send(exchange, in, length);
        }
    }

    private void sendPlaylist(HttpServerExchange exchange, ObjectRef object, ObjectInfo info) throws IOException {
        byte[] text;
        try (InputStream in =
                info.bytes() == 0 ? InputStream.nullInputStream() : storage.read(object, 0, info.bytes())) {
            text = in.readAllBytes();
        }
        exchange.getResponseSender().send(LocalPlaylist.of(new String(text, StandardCharsets.UTF_8), object.key()));
    }

    /** The one range that is asked for; empty = all, also when the asker's part is of an older object. */
    private static Optional<ByteRange.RangeResponseResult> range(HttpServerExchange exchange, long size, String tag) {
        @Nullable String asked = exchange.getRequestHeaders().getFirst(Headers.RANGE);
        @Nullable String ifRange = exchange.getRequestHeaders().getFirst(Headers.IF_RANGE);
        if (asked == null || (ifRange != null && !ifRange.equals(tag))) {
            return Optional.empty();
        }
        @Nullable ByteRange range = ByteRange.parse(asked);
        if (range == null || range.getRanges() != 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(range.getResponseResult(size, null, null, null));
    }

    private static ApiProblem notFound(JobStatus job) {
        return job.state().ended()
                ? notFound()
                : new ApiProblem(
                        404, "media_not_found", "cannot find this file: the job has not made it", "Wait for its end.");
    }

    private static ApiProblem notFound() {
        return new ApiProblem(
                404,
                "media_not_found",
                "cannot find this file: the job has not made it, or it is no longer there",
                "The job's outputs tell what there is.");
    }
}
