package dev.transcode.cli.serve.api;

import dev.transcode.job.JobJson;
import io.undertow.io.Receiver;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Reads a request's JSON body: at most 64 kB, within a time. */
final class BodyReader {
    private static final int MAX_BYTES = JobJson.MAX_BYTES;

    private BodyReader() {}

    /**
     * @param time after which a connection is closed whose body is not there
     * @throws ApiProblem 415 or 413 if the headers tell already
     */
    static void read(HttpServerExchange exchange, Duration time, Consumer<String> then) {
        if (!isJson(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))) {
            throw new ApiProblem(
                    415,
                    "unsupported_media_type",
                    "cannot read the request's body: its Content-Type is not application/json",
                    "Send the header 'Content-Type: application/json'.");
        }
        if (exchange.getRequestContentLength() > MAX_BYTES) {
            exchange.setPersistent(false);
            throw tooLarge();
        }
        exchange.setMaxEntitySize(MAX_BYTES);
        XnioExecutor.Key timer = exchange.getIoThread()
                .executeAfter(
                        () -> IoUtils.safeClose(exchange.getConnection()), time.toMillis(), TimeUnit.MILLISECONDS);
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (whole, bytes) -> {
                            timer.remove();
                            then.accept(new String(bytes, StandardCharsets.UTF_8));
                        },
                        (broken, e) -> {
                            timer.remove();
                            if (e instanceof Receiver.RequestToLargeException) {
                                broken.setPersistent(false);
                                Exchanges.fail(broken, tooLarge());
                            } else {
                                IoUtils.safeClose(broken.getConnection());
                            }
                        });
    }

    private static ApiProblem tooLarge() {
        return new ApiProblem(
                413,
                "body_too_large",
                "cannot read the request's body: it is larger than " + MAX_BYTES + " bytes",
                "Send one job at a time.");
    }

    private static boolean isJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        return type.toLowerCase(Locale.ROOT).equals("application/json");
    }
}
