package dev.transcode.worker.webhook;

import dev.transcode.internal.Version;
import dev.transcode.job.WebhookUrl;
import dev.transcode.notify.DeliveryResult;
import dev.transcode.notify.DeliveryResult.Answer;
import dev.transcode.notify.Notifier;
import dev.transcode.notify.WebhookEvent;
import dev.transcode.notify.WebhookSignature;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Posts webhooks over HTTP/1.1: no redirects, no proxy, no repetition of its own, a connection for each. A job's own
 * address reaches public addresses only, unless allowed otherwise; the operator's reaches everything.
 *
 * <p>Thread-safe; nothing to close. The time-out covers the whole try but for the system's own patience with name servers
 * while it resolves a name.
 */
public final class WebhookNotifier implements Notifier {
    /** What Standard Webhooks recommends. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int GONE = 410;
    private static final long MAX_ANSWER_BYTES = 1_024;

    private final WebhookSignature signature;
    private final Duration timeout;
    private final Clock clock;
    private final boolean allowPrivate;
    private @Nullable OkHttpClient trusted;
    private @Nullable OkHttpClient guarded;
    private final String userAgent = "transcode/" + Version.current();

    /** With {@link #TIMEOUT}. */
    public WebhookNotifier(WebhookSignature signature, boolean allowPrivate) {
        this(signature, allowPrivate, TIMEOUT, Clock.systemUTC());
    }

    /**
     * @param allowPrivate {@code TRANSCODE_WEBHOOK_ALLOW_PRIVATE}: whether a job's own address may reach private ones
     * @param timeout of one try
     * @param clock of {@code webhook-timestamp}
     */
    public WebhookNotifier(WebhookSignature signature, boolean allowPrivate, Duration timeout, Clock clock) {
        this.signature = signature;
        this.timeout = timeout;
        this.clock = clock;
        this.allowPrivate = allowPrivate;
    }

    /** Made when it is first wanted: most of the cost is TLS, and many workers never send one. */
    private synchronized OkHttpClient client(boolean ofOperator) {
        if (ofOperator) {
            trusted = trusted == null ? client(timeout, false) : trusted;
            return trusted;
        }
        guarded = guarded == null ? client(timeout, !allowPrivate) : guarded;
        return guarded;
    }

    /**
     * Each client has a pool of its own that keeps nothing: a connection made for the operator's address would otherwise
     * carry a job's webhook to the same host, past the guard. HTTP/2 would let different hosts share one likewise.
     */
    private static OkHttpClient client(Duration timeout, boolean guarded) {
        return new OkHttpClient.Builder()
                .socketFactory(new DirectSocketFactory(guarded))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .writeTimeout(timeout)
                .readTimeout(timeout)
                .build();
    }

    @Override
    public DeliveryResult deliver(WebhookEvent event) {
        long start = System.nanoTime();
        HttpUrl url = HttpUrl.parse(event.target().url().toString());
        if (url == null) {
            return result(Answer.STOP, OptionalInt.empty(), "the address is not one that can be posted to", start);
        }
        try (Response response =
                client(event.target().trusted()).newCall(request(event, url)).execute()) {
            return result(answer(response), OptionalInt.of(response.code()), seen(response), start);
        } catch (Exception e) {
            // Not only IOException: OkHttp is Kotlin and lets through an InterruptedException that it doesn't declare.
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return result(Answer.RETRY, OptionalInt.empty(), DeliveryErrors.sentence(e, timeout), start);
        }
    }

    private Request request(WebhookEvent event, HttpUrl url) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", userAgent)
                .post(new OneShotJson(event.body().getBytes(StandardCharsets.UTF_8)));
        signature.headers(event, clock.instant()).forEach(request::header);
        return request.build();
    }

    private static Answer answer(Response response) {
        if (response.isSuccessful()) {
            return Answer.DELIVERED;
        }
        return response.code() == GONE ? Answer.STOP : Answer.RETRY;
    }

    private static String seen(Response response) {
        String status = "HTTP " + response.code();
        if (response.isSuccessful()) {
            return status; // what else it says is not waited for
        }
        if (response.isRedirect()) {
            return status + ": a redirect, which is not followed";
        }
        try {
            String words = withoutSecrets(
                    response.peekBody(MAX_ANSWER_BYTES).string(),
                    response.request().url());
            return words.isBlank() ? status : status + ": " + words;
        } catch (IOException e) {
            return status;
        }
    }

    /** Servers like to repeat the address in their error pages, and it may hold a token. */
    private static String withoutSecrets(String words, HttpUrl url) {
        String query = url.encodedQuery();
        String path = url.encodedPath();
        String plain = words.replace(path, WebhookUrl.withoutTokens(path));
        return query == null || query.isEmpty() ? plain : plain.replace(query, "…");
    }

    private static DeliveryResult result(Answer answer, OptionalInt status, String seen, long start) {
        return new DeliveryResult(answer, status, seen, Duration.ofNanos(System.nanoTime() - start));
    }
}
